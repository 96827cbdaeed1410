-- The rows of a cancellation and of its pedido, locked in the order of pedido_id, as everywhere. For the transaction that ends the
-- cancellation: it holds the receiver's lock.
select pedido_id, tipo, recebedor_id, origem, status,
       (select content from pedido_content(pedido_id, payload) as content)::text as payload,
       resultado::text as resultado
from pedidos
where pedido_id in (?, ?)
order by pedido_id
for update
