-- The outcome, its events and whether the receiver's next one waits parked: one statement, committed with the effects.
-- The division fails, and takes the effects with it, where the pedido was not as it was read: that would be our fault.
with finished as (
    update pedidos
    set status = ?, motivo = ?, resultado = ?::jsonb,
        tentativas = tentativas + 1, parked = false, begun = null, relay_at = null,
        proxima_tentativa_em = null, atualizado_em = clock_timestamp()
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
    returning pedido_id, status, ciclo, agendamento, tentativas, motivo, resultado
),
recorded as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select pedido_id, event_type, payload, sha256(convert_to(payload::text, 'UTF8'))
    from (
        select pedido_id, 'PROCESSING' as event_type,
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento) as payload
        from finished
        union all
        select pedido_id, status,
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'resultado', resultado)
        from finished
    ) events
)
select 1 / (select count(*) from finished) as finished,
       coalesce((
           select next.parked
           from pedidos next
           where next.recebedor_id = ?
             and next.in_line
             and next.pedido_id <> ?
           order by next.ordem, next.pedido_id
           limit 1
       ), false) as next_is_parked
