-- An operator sends a dead letter back to work: a new ciclo begins, in the place that it always had in its receiver's
-- line, and what is left of the old one (letters, retries, late marks) is stale from now on. The relay publishes it.
-- No row: it is not dead, or not in that ciclo any more. Of two that redrive the same, one finds nothing.
-- It is planned by the ids (decision 0061).
with dead as (
    select pedido_id, motivo
    from pedidos
    where pedido_id = ? and status || '' = 'DEAD_LETTERED' and ciclo = coalesce(?::integer, ciclo)
    for update
), redriven as (
    update pedidos p
    set status = 'PENDING', ciclo = p.ciclo + 1, agendamento = 0, tentativas = 0, motivo = null, resultado = null,
        erro_classe = null, erro_mensagem = null, primeira_falha_em = null, ultima_falha_em = null,
        held = false, parked = false, begun = null, published = false,
        proxima_tentativa_em = null, relay_at = clock_timestamp(), atualizado_em = clock_timestamp()
    from dead
    where p.pedido_id = dead.pedido_id
    returning p.pedido_id, p.ciclo, dead.motivo as anterior
), events as (
    select pedido_id, 'REDRIVEN' as event_type,
        jsonb_build_object('ciclo', ciclo, 'tentativa', 0, 'por', ?::text, 'anterior', anterior) as payload
    from redriven
), recorded as (
    {sql/insert_events}
)
select pedido_id from redriven
