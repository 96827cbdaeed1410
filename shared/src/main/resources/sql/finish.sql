-- The outcome, its events, and whether a pedido behind it is parked: one statement, committed with the effects. A cancelled pedido
-- ends without an attempt. If the pedido changed since it was read, the division fails and the effects are rolled back. That would
-- be a fault of ours.
with finished as (
    update pedidos
    set status = ?, motivo = ?, resultado = ?::jsonb,
        tentativas = tentativas + given.attempts, parked = false, begun = null, relay_at = null,
        proxima_tentativa_em = null, atualizado_em = clock_timestamp()
    from (select ?::integer as attempts) given
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ({sql/unfinished_states})
    returning pedido_id, status, ciclo, agendamento, tentativas, motivo, resultado, ordered, ordem, given.attempts
),
events as (
    select pedido_id, 'PROCESSING' as event_type,
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento) as payload
    from finished
    where attempts > 0
    union all
    select pedido_id, status,
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'resultado', resultado)
    from finished
),
recorded as (
    {sql/insert_events}
)
select 1 / (select count(*) from finished) as finished,
       exists (
           select
           from pedidos
           where recebedor_id = ? and parked and in_line and ordem >= (select ordem from finished) and pedido_id <> ?
       ) as parked_behind,
       (select ordered from finished),
       (select ordem from finished),
       pg_current_xact_id()::text::bigint as transaction
