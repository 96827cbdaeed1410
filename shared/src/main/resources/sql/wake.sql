-- A line has changed without a worker. No worker goes on with a parked head, so the relay publishes it. A head that is
-- not parked has its message on the way.
update pedidos p
set published = false, relay_at = clock_timestamp()
from (
    select pedido_id
    from pedidos
    where recebedor_id = ? and in_line
    order by ordem, pedido_id
    limit 1
) head
where p.pedido_id = head.pedido_id and p.parked
