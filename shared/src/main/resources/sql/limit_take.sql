-- A slot for one call: the one that is free first, if it is free now or in a moment. While pedidos wait, only those that were
-- released may take one. The call may begin when wait_ms have passed, and the slot is free again a cycle after that.
-- Calls that take slots at the same time pass each other by (skip locked).
with moment as materialized (
    select clock_timestamp() as now
), slot as (
    select v.vaga, greatest(v.livre_em, moment.now) as at
    from moment, limite_vagas v
    where v.dependencia = :dependencia
      and v.vaga < :calls
      and v.livre_em <= now() + make_interval(secs => :ahead)
      and (:goes_on
           or exists (select from esperas e where e.pedido_id = :pedido and e.dependencia = :dependencia and e.chamado_em is not null)
           or not exists (select from esperas e where e.dependencia = :dependencia))
    order by v.livre_em
    limit 1
    for update of v skip locked
), waits_no_more as (
    -- One that was not released belongs to a later wait, of another worker or another call at the same time.
    delete from esperas e
    using slot
    where e.pedido_id = :pedido and e.dependencia = :dependencia and e.chamado_em is not null
)
update limite_vagas v
set livre_em = slot.at + make_interval(secs => :cycle)
from moment, slot
where v.dependencia = :dependencia and v.vaga = slot.vaga
returning v.vaga, ceil(extract(epoch from slot.at - moment.now) * 1000)::bigint as wait_ms,
    extract(epoch from v.livre_em)::text as livre_em
