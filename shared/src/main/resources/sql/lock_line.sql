-- Locks the rows that a change of a receiver's line may touch: the pedido itself, all that hold the line, and the first
-- one without them. In the order of pedido_id, as everywhere: otherwise this would deadlock with statements that mark
-- many rows.
select p.pedido_id
from pedidos p
where p.pedido_id in (
    select ?::text
    union all
    select pedido_id from pedidos where recebedor_id = ? and held
    union all
    (select pedido_id
     from pedidos
     where recebedor_id = ? and in_line and not held
     order by ordem, pedido_id
     limit 1)
)
order by p.pedido_id
for update
