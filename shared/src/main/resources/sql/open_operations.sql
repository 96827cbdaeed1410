-- The events of operations that these pedidos carry. The first event of an operation opens it. A known operation is not inserted: the
-- insert would wait for the worker that has it in hand. New ones are inserted in the order of external_id. An id may belong to a pedido
-- of another tipo that was there before: that one carries nothing. It is planned by the ids (decision 0061).
with carried as (
    select p.pedido_id, p.ordem, p.recebedor_id, evento, evento ->> 'external_id' as external_id
    from pedidos p
    cross join lateral pedido_content(p.pedido_id, p.payload) as content
    cross join lateral (select content -> 'dados' as evento) dados
    where p.pedido_id = any (?::text[]) and p.tipo || '' = 'operacao' and evento is not null
), opened as (
    insert into operations (external_id, ordem, recebedor_id)
    select distinct on (c.external_id) c.external_id, c.ordem, c.recebedor_id
    from carried c
    where not exists (select from operations known where known.external_id = c.external_id)
    order by c.external_id, c.ordem
    on conflict (external_id) do nothing
)
insert into operation_events (external_id, event_type, payload, payload_hash)
select
    'operacao/' || c.external_id,
    'OPERACAO_' || (c.evento ->> 'event_type'),
    jsonb_build_object(
        'pedido_id', c.pedido_id,
        'recebedor_id', c.recebedor_id,
        'payload', c.evento -> 'payload',
        'occurred_at', c.evento -> 'occurred_at'),
    decode(c.evento ->> 'payload_hash', 'hex')
from carried c
order by c.ordem, c.pedido_id
on conflict do nothing
