-- The first pedido of a receiver's line, searched from the line's front on and among the pedidos that came late
-- (LineFronts). A held dead letter can be the first, too; it is not parked.
with first as (
    select pedido_id
    from (
        (select ordem, pedido_id
         from pedidos
         where recebedor_id = ? and in_line and ordem >= ?
         order by ordem, pedido_id
         limit 1)
        union all
        (select ordem, pedido_id
         from pedidos
         where recebedor_id = ? and in_line and (unnoted or ciclo > 0)
         order by ordem, pedido_id
         limit 1)
    ) firsts
    order by ordem, pedido_id
    limit 1
)
select {sql/head_columns},
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest_running
from first
join pedidos p using (pedido_id)
