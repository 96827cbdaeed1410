-- A published pedido that waits in line has no time at which the relay looks at it (only_as_head()). It becomes the head without
-- being written, so the heads are searched for, with one look into the index for each receiver. A head that is still unfinished
-- after the given time is due: its message may be lost.
-- The rows are found by the ids of the heads (decision 0061).
with recursive heads as (
    (
        select recebedor_id, pedido_id, relay_at
        from pedidos
        where in_line
        order by recebedor_id, ordem, pedido_id
        limit 1
    )
    union all
    select next.recebedor_id, next.pedido_id, next.relay_at
    from heads
    cross join lateral (
        select recebedor_id, pedido_id, relay_at
        from pedidos
        where in_line and recebedor_id > heads.recebedor_id
        order by recebedor_id, ordem, pedido_id
        limit 1
    ) next
), waiting as (
    select p.pedido_id
    from heads
    join pedidos p using (pedido_id)
    where heads.relay_at = only_as_head()
    order by p.pedido_id
    for update of p skip locked
)
update pedidos p
set relay_at = clock_timestamp() + make_interval(secs => ?)
from waiting
where p.pedido_id = waiting.pedido_id and p.relay_at is not distinct from only_as_head()
