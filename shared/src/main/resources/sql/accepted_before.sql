-- Pedidos that were accepted before: the same content gets the row (a replay), other content gets null (a conflict).
select g.pedido_id, case when p.payload_hash = g.payload_hash then a.answer end as answer
from unnest(?::text[], ?::bytea[]) as g (pedido_id, payload_hash)
join pedidos p using (pedido_id)
join pedido_answers a using (pedido_id)
