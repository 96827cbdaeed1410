-- The pedido is given up. This is recorded before the dead letter is published. No row: the pedido changed in
-- between, and the worker starts over. If this program dies before it publishes, the relay publishes the dead letter.
with dead as (
    update pedidos
    set status = 'DEAD_LETTERED', motivo = ?, held = ordered and ?, tentativas = tentativas + 1,
        parked = false, begun = null, published = false,
        proxima_tentativa_em = null, relay_at = clock_timestamp() + interval '10 seconds',
        erro_classe = ?, erro_mensagem = ?,
        primeira_falha_em = coalesce(primeira_falha_em, clock_timestamp()), ultima_falha_em = clock_timestamp(),
        atualizado_em = clock_timestamp()
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ({sql/unfinished_states})
    returning pedido_id, ciclo, agendamento, tentativas, motivo, held, erro_classe, erro_mensagem, primeira_falha_em,
        ultima_falha_em
),
events as (
    select pedido_id, 'PROCESSING' as event_type,
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento) as payload
    from dead
    union all
    select pedido_id, 'DEAD_LETTERED',
           jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo, 'held', held,
               'erro_classe', erro_classe, 'erro_mensagem', erro_mensagem)
    from dead
),
recorded as (
    {sql/insert_events}
)
select tentativas, rfc3339(primeira_falha_em) as first_failure, rfc3339(ultima_falha_em) as last_failure from dead
