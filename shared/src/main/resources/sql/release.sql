-- An operator lets a held receiver go on without its dead letters, which stay dead: without the one at its head, or
-- without all that hold it. No row: no dead letter held it.
with given as (
    select ?::text as recebedor_id, ?::text as acao, ?::text as por
), head as (
    select p.pedido_id
    from pedidos p
    where p.recebedor_id = (select recebedor_id from given) and p.in_line
    order by p.ordem, p.pedido_id
    limit 1
), released as (
    update pedidos p
    set held = false, atualizado_em = clock_timestamp()
    from given
    where p.recebedor_id = given.recebedor_id
      and p.held
      and (given.acao = 'release_all' or p.pedido_id = (select pedido_id from head))
    returning p.pedido_id, p.ciclo, p.recebedor_id, given.acao, given.por
), recorded as (
    -- No state changed: the event belongs to the receiver.
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select 'recebedor:' || recebedor_id, 'RECEBEDOR_LIBERADO', payload, sha256(convert_to(payload::text, 'UTF8'))
    from released
    cross join lateral (
        select jsonb_build_object('pedido_id', pedido_id, 'ciclo', ciclo, 'acao', acao, 'por', por) as payload
    ) e
)
select pedido_id from released
