-- The pedido is not the head. The worker that ends the pedido before it goes on with it, so the delivery can be
-- acknowledged. A living worker that has marked it does not try it now, so the mark is taken back. The mark of a dead one stays:
-- its death counts as an attempt.
update pedidos
set parked = true, published = true, relay_at = clock_timestamp() + make_interval(secs => ?),
    begun = case when begun is not null and not worker_lives(begun) then begun end
where pedido_id = ? and status in ({sql/unfinished_states})
