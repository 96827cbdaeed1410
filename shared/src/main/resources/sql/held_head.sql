-- The dead letter at the head of a receiver's line.
select head.pedido_id
from (
    select pedido_id, held
    from pedidos
    where recebedor_id = ? and in_line
    order by ordem, pedido_id
    limit 1
) head
where head.held
