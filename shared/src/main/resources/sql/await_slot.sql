-- The pedido waits in the ledger until a call to a dependency is allowed: no message is on its way, and the relay does not look
-- at it. limit_call.sql calls it. No row: the pedido changed in between, and the worker starts over. Both times are the same one: it
-- is due at once, also if the clock is set back later (state_columns.sql).
--
-- Fair between groups: the next number of the group, but at least the one that is first now. A pedido that waits already keeps its
-- number.
with put_off as (
    update pedidos
    set status = 'RETRYING', agendamento = agendamento + 1, parked = false, begun = null, published = true,
        proxima_tentativa_em = statement_timestamp(), relay_at = 'infinity', atualizado_em = statement_timestamp()
    where pedido_id = ? and ciclo = ? and agendamento = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
    returning pedido_id, ciclo, agendamento, tentativas, proxima_tentativa_em,
        case
            when tipo = 'despesa' and pedido_id ~ ':[1-9][0-9]{0,4}$' then 'task:' || regexp_replace(pedido_id, ':[^:]*$', '')
            else 'recebedor:' || recebedor_id
        end as grupo
), given as (
    select ?::text as dependencia
), in_line as (
    insert into esperas as e (pedido_id, dependencia, ciclo, agendamento, grupo, ficha)
    select pedido_id, dependencia, ciclo, agendamento, grupo,
        1 + greatest(
            (select max(own.ficha) from esperas own where own.dependencia = given.dependencia and own.grupo = put_off.grupo),
            (select min(others.ficha) from esperas others where others.dependencia = given.dependencia),
            0)
    from put_off, given
    on conflict (pedido_id) do update
    set dependencia = excluded.dependencia, ciclo = excluded.ciclo, agendamento = excluded.agendamento, chamado_em = null,
        ficha = case when e.dependencia = excluded.dependencia then e.ficha else excluded.ficha end
), recorded as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select pedido_id, event_type, payload, sha256(convert_to(payload::text, 'UTF8'))
    from (
        select pedido_id, 'PROCESSING' as event_type,
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento - 1) as payload
        from put_off
        union all
        select pedido_id, 'RETRY_SCHEDULED',
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'agendamento', agendamento,
                   'proxima_tentativa_em', rfc3339(proxima_tentativa_em),
                   'erro_classe', 'LimitReached', 'erro_mensagem', 'waits until ' || dependencia || ' may be called')
        from put_off, given
    ) events
)
select agendamento, tentativas from put_off
