-- A published pedido that waits in line has no time at which the relay looks at it (only_as_head(); null if a program of version 0.1.0
-- has written the row). It becomes the head without
-- being written, so the heads are searched for, with one look into the index for each receiver. A head that is still unfinished
-- after the given time is due: its message may be lost.
-- Looks at the lines of a few receivers, so that it keeps few rows locked, and those shortly. Returns the last of these receivers: the
-- next search begins after it. No row: there are no more.
-- The rows are found by the ids of the heads (decision 0061).
with recursive heads as (
    (
        select recebedor_id, pedido_id, relay_at, 1 as place
        from pedidos
        where in_line and recebedor_id > :after
        order by recebedor_id, ordem, pedido_id
        limit 1
    )
    union all
    select next.recebedor_id, next.pedido_id, next.relay_at, heads.place + 1
    from heads
    cross join lateral (
        select recebedor_id, pedido_id, relay_at
        from pedidos
        where in_line and recebedor_id > heads.recebedor_id
        order by recebedor_id, ordem, pedido_id
        limit 1
    ) next
    where heads.place < :most
), waiting as (
    select p.pedido_id
    from heads
    join pedidos p using (pedido_id)
    where coalesce(heads.relay_at, only_as_head()) = only_as_head() and p.status in ({sql/unfinished_states})
    order by p.pedido_id
    for update of p skip locked
), looked_at_later as (
    update pedidos p
    set relay_at = clock_timestamp() + make_interval(secs => :seconds)
    from waiting
    where p.pedido_id = waiting.pedido_id and coalesce(p.relay_at, only_as_head()) = only_as_head()
)
select recebedor_id from heads where place = :most
