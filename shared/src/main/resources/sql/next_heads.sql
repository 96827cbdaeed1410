-- The pending pedidos of a tipo among the first places of a receiver's line, with the columns of head.sql: the first one, and as
-- many more as have 1 MiB of content together. The line is searched from its front on; a pedido that came late (LineFronts) is
-- not found, and stops those behind it. Only contents that are returned are read. A pedido of unknown size was inserted by an older
-- version: it counts as one of the largest, and comes alone.
with first as (
    select *
    from pedidos
    where recebedor_id = ? and in_line and ordem >= ?
    order by ordem, pedido_id
    limit ?
),
sized as (
    select first.*,
           sum(coalesce(payload_bytes, 14000000)) over line as bytes,
           row_number() over line as place
    from first
    where tipo = ? and status = 'PENDING'
    window line as (order by ordem, pedido_id)
)
select p.pedido_id, p.tipo, p.recebedor_id, p.origem,
       (select content from pedido_content(p.pedido_id, p.payload) as content)::text as payload, p.payload_hash,
       p.ciclo, p.agendamento, p.tentativas, p.begun is not null as begun, p.parked, p.ordem,
       {sql/is_cancelled} as cancelled
from sized p
where place = 1 or bytes <= 1048576
order by ordem, pedido_id
