-- The pedido waits in the ledger until a call to a dependency is allowed: no message is on its way, and the relay does not look
-- at it. limit_call.sql calls it. No row: the pedido changed in between, and the worker starts over. Both times are the same one: it
-- is due at once, also if the clock is set back later (state_columns.sql).
--
-- Fair between groups: the next number of the group, but at least the one that is first now. A pedido that waits already keeps its
-- number.
with scheduled as (
    update pedidos
    set status = 'RETRYING', agendamento = agendamento + 1, parked = false, begun = null, published = true,
        proxima_tentativa_em = statement_timestamp(), relay_at = 'infinity', atualizado_em = statement_timestamp()
    from (select ?::text as dependencia, ?::boolean as suspeito) given
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ({sql/unfinished_states})
    returning pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em, given.dependencia, given.suspeito,
        'LimitReached' as erro_classe, 'waits until ' || given.dependencia || ' may be called' as erro_mensagem,
        case
            when tipo = 'despesa' and pedido_id ~ ':[1-9][0-9]{0,4}$' then 'task:' || regexp_replace(pedido_id, ':[^:]*$', '')
            else 'recebedor:' || recebedor_id
        end as grupo
), in_line as (
    insert into esperas as e (pedido_id, dependencia, ciclo, agendamento, grupo, suspeito, ficha)
    select pedido_id, dependencia, ciclo, agendamento, grupo, suspeito,
        1 + greatest(
            (select max(own.ficha) from esperas own where own.dependencia = scheduled.dependencia and own.grupo = scheduled.grupo),
            (select min(others.ficha) from esperas others where others.dependencia = scheduled.dependencia),
            0)
    from scheduled
    on conflict (pedido_id) do update
    set dependencia = excluded.dependencia, ciclo = excluded.ciclo, agendamento = excluded.agendamento, chamado_em = null,
        suspeito = excluded.suspeito,
        ficha = case when e.dependencia = excluded.dependencia then e.ficha else excluded.ficha end
), recorded as (
    {sql/record_retry}
)
select agendamento, tentativas from scheduled
