-- Releases the next pedidos: as many as slots are free now or in a moment, less those held by pedidos released before. A released
-- pedido holds its slot for five minutes. After that its shard's queue is taken to be too long, and others get it. A release time in
-- the future does not count: the clock was set back since.
-- None is released while the dependency wants to be left alone. The pedidos are claimed as the relay claims (claim_for_relay.sql):
-- whoever runs this publishes them, and if it dies the relay does. Ends at a number of bytes, but has one pedido at least.
-- It is planned by the ids (decision 0061).
with room as (
    select greatest(0, (
        select count(*)
        from limite_vagas v
        where v.dependencia = :dependencia and v.vaga < :calls and v.livre_em <= now() + make_interval(secs => :ahead)
    ) - (
        select count(*)
        from esperas e
        where e.dependencia = :dependencia and e.chamado_em between clock_timestamp() - interval '5 minutes' and clock_timestamp()
    )) as slots
    where not exists (
        select
        from pausas p
        where p.dependencia = :dependencia and {sql/pause_in_force})
), next as (
    select e.pedido_id, e.ciclo, e.agendamento, e.ficha, e.desde, e.suspeito
    from esperas e
    where e.dependencia = :dependencia and e.chamado_em is null
    order by e.ficha, e.desde
    limit least(:most, coalesce((select slots from room), 0))
), sizes as (
    select pedido_id, ciclo, agendamento, suspeito,
        sum(coalesce(p.payload_bytes, {sql/unknown_bytes})) over (order by n.ficha, n.desde, pedido_id)
            - coalesce(p.payload_bytes, {sql/unknown_bytes}) as bytes_before
    from next n
    join pedidos p using (pedido_id, ciclo, agendamento)
    where p.status || '' = 'RETRYING'
), due as (
    select p.pedido_id, suspeito
    from sizes
    join pedidos p using (pedido_id, ciclo, agendamento)
    -- It may have ended since it was looked at.
    where bytes_before < :bytes and p.status || '' = 'RETRYING'
    order by p.pedido_id
    for update of p skip locked
), called as (
    update esperas e set chamado_em = clock_timestamp() from due where e.pedido_id = due.pedido_id
)
update pedidos p
set published = false, relay_at = clock_timestamp() + make_interval(secs => :lease)
from due
where p.pedido_id = due.pedido_id
returning p.pedido_id, p.ordem, p.tipo, p.recebedor_id, p.origem, p.status, p.motivo, p.ciclo, p.agendamento, p.tentativas, p.erro_classe,
    due.suspeito,
    (select content from pedido_content(p.pedido_id, p.payload) as content)::text as payload
