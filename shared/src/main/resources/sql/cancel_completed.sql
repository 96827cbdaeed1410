-- A COMPLETED pedido is undone: in the transaction in which its handler has undone its effect. If it is not COMPLETED, the
-- division fails and everything is rolled back. That would be a fault of ours: its row is locked.
with cancelled as (
    update pedidos
    set status = 'CANCELLED', motivo = ?, atualizado_em = clock_timestamp()
    where pedido_id = ? and status = 'COMPLETED'
    returning pedido_id, ciclo, tentativas, motivo, resultado
), events as (
    select pedido_id, 'CANCELLED' as event_type,
        jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'resultado', resultado,
            'liberado', ?::jsonb, 'por', ?::text) as payload
    from cancelled
), recorded as (
    {sql/insert_events}
)
select 1 / (select count(*) from cancelled)
