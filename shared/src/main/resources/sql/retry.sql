-- A failed attempt, recorded after the rollback of its effects. No row: the pedido changed in between, and the worker
-- starts over. tentativas grows by the attempts that count: 1 for a failure, 0 for a pedido that was put off.
-- agendamento always grows, so that messages of an earlier scheduling are known to be stale. The relay looks at it
-- after the delay: the delay queue may never get the message, or never return it.
with failed as (
    update pedidos
    set status = 'RETRYING', tentativas = tentativas + given.attempts, agendamento = agendamento + 1,
        parked = false, begun = null, published = false,
        proxima_tentativa_em = clock_timestamp() + given.delay,
        relay_at = clock_timestamp() + given.delay + interval '30 seconds',
        erro_classe = case when given.attempts > 0 then given.erro_classe else pedidos.erro_classe end,
        erro_mensagem = case when given.attempts > 0 then given.erro_mensagem else pedidos.erro_mensagem end,
        primeira_falha_em =
            case when given.attempts > 0 then coalesce(primeira_falha_em, clock_timestamp()) else primeira_falha_em end,
        ultima_falha_em = case when given.attempts > 0 then clock_timestamp() else ultima_falha_em end,
        atualizado_em = clock_timestamp()
    from (
        select ?::integer as attempts, make_interval(secs => ?::double precision / 1000) as delay,
               ?::text as erro_classe, ?::text as erro_mensagem
    ) given
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
    returning pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em, given.erro_classe, given.erro_mensagem
),
recorded as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select pedido_id, event_type, payload, sha256(convert_to(payload::text, 'UTF8'))
    from (
        select pedido_id, 'PROCESSING' as event_type,
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento - 1) as payload
        from failed
        union all
        select pedido_id, 'RETRY_SCHEDULED',
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento,
                   'proxima_tentativa_em', rfc3339(proxima_tentativa_em),
                   'erro_classe', erro_classe, 'erro_mensagem', erro_mensagem)
        from failed
    ) events
)
select agendamento, tentativas from failed
