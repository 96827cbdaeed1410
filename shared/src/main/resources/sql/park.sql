-- The pedido is not the head. The worker that ends the pedido before it goes on with it, so the delivery can be
-- acknowledged. Whoever had begun to try it, when it was still its turn, tries it no longer.
update pedidos
set parked = true, published = true, relay_at = clock_timestamp() + make_interval(secs => ?), begun = null
where pedido_id = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
