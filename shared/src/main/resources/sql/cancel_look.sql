-- What is known of a pedido that a client wants to cancel, and of its cancellation.
select p.status, p.tipo, coalesce(t.desfaz, false) as desfaz, p.recebedor_id, c.status as cancelamento
from pedidos p
left join tipos t using (tipo)
left join pedidos c on c.pedido_id = ?
where p.pedido_id = ?
