-- The delay of a retry has passed by the broker's clock, but not by the database's clock, which was set back. The
-- retry is made due now, and that is recorded: no attempt is made before the time in its last RETRY_SCHEDULED.
with due as (
    update pedidos
    set proxima_tentativa_em = statement_timestamp(), atualizado_em = statement_timestamp(),
        relay_at = clock_timestamp() + interval '30 seconds'
    where pedido_id = ? and ciclo = ? and agendamento = ? and status = 'RETRYING'
    returning pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em, erro_classe, erro_mensagem
), events as (
    select pedido_id, 'RETRY_SCHEDULED' as event_type,
        jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento,
            'proxima_tentativa_em', rfc3339(proxima_tentativa_em),
            'erro_classe', erro_classe, 'erro_mensagem', erro_mensagem, 'relogio', 'atrasado') as payload
    from due
)
{sql/insert_events}
