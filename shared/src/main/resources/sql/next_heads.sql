-- The pending pedidos of a tipo among the first places of a receiver's line: the first one, and as many more as have 1 MiB of content
-- together. The line is searched from its front on; a pedido that came late (LineFronts) is not found, and stops those behind it. Only
-- contents that are returned are read.
with first as (
    select *
    from pedidos
    where recebedor_id = ? and in_line and ordem >= ?
    order by ordem, pedido_id
    limit ?
),
sized as (
    select first.*,
           sum(coalesce(payload_bytes, {sql/unknown_bytes})) over line as bytes,
           row_number() over line as place
    from first
    where tipo = ? and status = 'PENDING'
    window line as (order by ordem, pedido_id)
)
select {sql/head_columns}
from sized p
where place = 1 or bytes <= 1048576
order by ordem, pedido_id
