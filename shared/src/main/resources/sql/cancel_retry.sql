-- A cancelled pedido does not wait for its next attempt. Its scheduling gets a number of its own, so that the message in the
-- delay queue is stale, and the relay publishes it now. In its turn a worker finds that it is cancelled. Nothing to do if it
-- is due anyway, or if its cancellation is still in the open queue: the worker would not find it. One that waits for a call to a
-- dependency leaves that line.
-- It is planned by the ids (decision 0061).
with cancelled as (
    select p.pedido_id
    from pedidos p
    where p.pedido_id = ? and {sql/is_cancelled}
), line as (
    delete from esperas e using cancelled where e.pedido_id = cancelled.pedido_id returning e.pedido_id
), due as (
    update pedidos p
    set agendamento = agendamento + 1, published = false, proxima_tentativa_em = clock_timestamp(),
        relay_at = clock_timestamp(), atualizado_em = clock_timestamp()
    from cancelled
    where p.pedido_id = cancelled.pedido_id and p.status || '' = 'RETRYING'
      and (p.proxima_tentativa_em > clock_timestamp() or exists (select from line))
    returning p.pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em, erro_classe, erro_mensagem
), events as (
    select pedido_id, 'RETRY_SCHEDULED' as event_type,
        jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento,
            'proxima_tentativa_em', rfc3339(proxima_tentativa_em),
            'erro_classe', erro_classe, 'erro_mensagem', erro_mensagem, 'cancelado', true) as payload
    from due
)
{sql/insert_events}
