-- A failed attempt, recorded after the rollback of its effects. No row: the pedido changed in between, and the worker
-- starts over. tentativas grows by the attempts that count: 1 for a failure, 0 for a pedido that was put off.
-- agendamento always grows, so that messages of an earlier scheduling are known to be stale. The relay looks at it
-- after the delay: the delay queue may never get the message, or never return it.
with scheduled as (
    update pedidos
    set status = 'RETRYING', tentativas = tentativas + given.attempts, agendamento = agendamento + 1,
        parked = false, begun = null, published = false,
        proxima_tentativa_em = given.moment + given.delay,
        relay_at = clock_timestamp() + given.delay + interval '30 seconds',
        erro_classe = case when given.attempts > 0 then given.erro_classe else pedidos.erro_classe end,
        erro_mensagem = case when given.attempts > 0 then given.erro_mensagem else pedidos.erro_mensagem end,
        primeira_falha_em =
            case when given.attempts > 0 then coalesce(primeira_falha_em, clock_timestamp()) else primeira_falha_em end,
        ultima_falha_em = case when given.attempts > 0 then clock_timestamp() else ultima_falha_em end,
        atualizado_em = given.moment
    from (
        -- One moment for both: the time between them is the delay (state_columns.sql).
        select clock_timestamp() as moment,
               ?::integer as attempts, make_interval(secs => ?::double precision / 1000) as delay,
               ?::text as erro_classe, ?::text as erro_mensagem
    ) given
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ({sql/unfinished_states})
    returning pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em, given.erro_classe, given.erro_mensagem
),
recorded as (
    {sql/record_retry}
)
select agendamento, tentativas from scheduled
