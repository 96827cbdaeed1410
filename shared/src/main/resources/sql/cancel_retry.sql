-- A cancelled pedido does not wait for its next attempt. Its scheduling gets a number of its own, so that the message in the
-- delay queue is stale, and the relay publishes it now. In its turn a worker finds that it is cancelled. Nothing to do if it
-- is due anyway.
with due as (
    update pedidos
    set agendamento = agendamento + 1, published = false, proxima_tentativa_em = clock_timestamp(),
        relay_at = clock_timestamp(), atualizado_em = clock_timestamp()
    where pedido_id = ? and status = 'RETRYING' and proxima_tentativa_em > clock_timestamp()
    returning pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em, erro_classe, erro_mensagem
)
insert into operation_events (external_id, event_type, payload, payload_hash)
select pedido_id, 'RETRY_SCHEDULED', payload, sha256(convert_to(payload::text, 'UTF8'))
from due
cross join lateral (
    select jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento,
        'proxima_tentativa_em', rfc3339(proxima_tentativa_em),
        'erro_classe', erro_classe, 'erro_mensagem', erro_mensagem, 'cancelado', true) as payload
) e
