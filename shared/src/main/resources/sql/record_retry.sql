-- The two events of an attempt that is scheduled again, the row "scheduled".
with events as (
    select pedido_id, 'PROCESSING' as event_type,
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento - 1) as payload
    from scheduled
    union all
    select pedido_id, 'RETRY_SCHEDULED',
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento,
               'proxima_tentativa_em', rfc3339(proxima_tentativa_em),
               'erro_classe', erro_classe, 'erro_mensagem', erro_mensagem)
    from scheduled
)
{sql/insert_events}
