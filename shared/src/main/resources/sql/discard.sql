-- An operator gives a dead letter up for good. The row keeps its failure; the operator's reason replaces its motivo,
-- and the event keeps both. No row: the pedido is not dead.
-- It is planned by the ids (decision 0061).
with dead as (
    select pedido_id, motivo
    from pedidos
    where pedido_id = ? and status || '' = 'DEAD_LETTERED'
    for update
), discarded as (
    update pedidos p
    set status = 'DISCARDED', motivo = ?, held = false, relay_at = null, atualizado_em = clock_timestamp()
    from dead
    where p.pedido_id = dead.pedido_id
    returning p.pedido_id, p.ciclo, p.tentativas, p.motivo, dead.motivo as anterior
), events as (
    select pedido_id, 'DISCARDED' as event_type,
        jsonb_build_object(
            'ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'por', ?::text, 'anterior', anterior) as payload
    from discarded
), recorded as (
    {sql/insert_events}
)
select pedido_id from discarded
