-- As insert_pedidos.sql does it: for an event whose pedido was inserted by an API that did not know of operations yet.
with carried as (
    select p.pedido_id, p.ordem, p.recebedor_id, content -> 'dados' as evento
    from pedidos p
    cross join lateral pedido_content(p.pedido_id, p.payload) as content
    where p.pedido_id = ?
), opened as (
    insert into operations (external_id, ordem, recebedor_id)
    select c.evento ->> 'external_id', c.ordem, c.recebedor_id
    from carried c
    on conflict (external_id) do nothing
)
insert into operation_events (external_id, event_type, payload, payload_hash)
select
    'operacao/' || (c.evento ->> 'external_id'),
    'OPERACAO_' || (c.evento ->> 'event_type'),
    jsonb_build_object(
        'pedido_id', c.pedido_id,
        'recebedor_id', c.recebedor_id,
        'payload', c.evento -> 'payload',
        'occurred_at', c.evento -> 'occurred_at'),
    decode(c.evento ->> 'payload_hash', 'hex')
from carried c
on conflict do nothing
