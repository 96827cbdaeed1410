-- The outcomes of a lot, their events in the order of the pedidos, and for each receiver whether one behind them is parked:
-- finish.sql for several pedidos. The rows are locked in the order of pedido_id, as everywhere. If one of them changed since
-- it was read, the division fails and the whole lot is rolled back.
-- It is planned by the ids (decision 0061).
with given as (
    select *
    from unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[])
        with ordinality as given (pedido_id, ciclo, agendamento, status, motivo, resultado, place)
),
locked as (
    select p.pedido_id
    from pedidos p
    where p.pedido_id = any (?::text[])
    order by p.pedido_id
    for no key update
),
finished as (
    update pedidos p
    set status = given.status, motivo = given.motivo, resultado = given.resultado::jsonb,
        tentativas = p.tentativas + 1, parked = false, begun = null, relay_at = null,
        proxima_tentativa_em = null, atualizado_em = clock_timestamp()
    from given
    join locked on locked.pedido_id = given.pedido_id
    where p.pedido_id = given.pedido_id and p.ciclo = given.ciclo and p.agendamento = given.agendamento
      and p.status || '' in ({sql/unfinished_states})
    returning p.pedido_id, p.status, p.ciclo, p.agendamento, p.tentativas, p.motivo, p.resultado, given.place
),
events as (
    select place, 1 as step, pedido_id, 'PROCESSING' as event_type,
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento) as payload
    from finished
    union all
    select place, 2, pedido_id, status,
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'resultado', resultado)
    from finished
    order by place, step
),
recorded as (
    {sql/insert_events}
)
select line.recebedor_id,
       exists (
           select
           from pedidos p
           where p.recebedor_id = line.recebedor_id and p.parked and p.in_line and p.ordem >= line.last
             and p.pedido_id <> all (?::text[])
       ) as parked_behind,
       1 / ((select count(*) from finished) = (select count(*) from given))::integer as all_finished,
       pg_current_xact_id()::text::bigint as transaction
from unnest(?::text[], ?::bigint[]) as line (recebedor_id, last)
