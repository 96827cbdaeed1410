-- A COMPLETED pedido is undone: in the transaction in which its handler has undone its effect. If it is not COMPLETED, the
-- division fails and everything is rolled back. That would be a fault of ours: its row is locked.
with cancelled as (
    update pedidos
    set status = 'CANCELLED', motivo = ?, atualizado_em = clock_timestamp()
    where pedido_id = ? and status = 'COMPLETED'
    returning pedido_id, ciclo, tentativas, motivo, resultado
), recorded as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select pedido_id, 'CANCELLED', payload, sha256(convert_to(payload::text, 'UTF8'))
    from cancelled
    cross join lateral (
        select jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'resultado', resultado,
            'liberado', ?::jsonb, 'por', ?::text) as payload
    ) e
)
select 1 / (select count(*) from cancelled)
