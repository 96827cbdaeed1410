-- The pedido is not the head. The worker that ends the pedido before it goes on with it, so the delivery can be
-- acknowledged.
update pedidos
set parked = true, published = true, relay_at = clock_timestamp() + make_interval(secs => ?)
where pedido_id = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
