-- Pedidos that were accepted before: the same content gets the row (a replay), other content gets null (a conflict).
-- The offset keeps it a probe for each: joined, the answers of all pedidos would be made.
select g.pedido_id, known.answer
from unnest(?::text[], ?::bytea[]) as g (pedido_id, payload_hash)
join pedidos p using (pedido_id)
cross join lateral (
    select case when p.payload_hash = g.payload_hash then a.answer end as answer
    from pedido_answers a
    where a.pedido_id = p.pedido_id
    offset 0
) known
