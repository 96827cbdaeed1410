-- Pedidos that came again: the same content is answered with the row (a replay), other content with null, and a CONFLICT
-- event that carries the hash of what was refused. The same refusal twice is one event.
with given as (
    select * from unnest(?::text[], ?::bytea[]) as g (pedido_id, payload_hash)
), refused as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select p.pedido_id, 'CONFLICT', e.payload, sha256(convert_to(e.payload::text, 'UTF8'))
    from given g
    join pedidos p using (pedido_id)
    cross join lateral (
        select jsonb_build_object('payload_hash', encode(g.payload_hash, 'hex')) as payload
    ) e
    where p.payload_hash <> g.payload_hash
    order by p.pedido_id
    on conflict do nothing
)
select g.pedido_id, case when p.payload_hash = g.payload_hash then a.answer end as answer
from given g
join pedidos p using (pedido_id)
join pedido_answers a using (pedido_id)
