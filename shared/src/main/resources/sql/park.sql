-- Not its turn: whoever finishes the one before it goes on with it, so the delivery can be acknowledged.
update pedidos
set parked = true, relay_at = null
where pedido_id = ?
