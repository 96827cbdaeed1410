-- The last place that was taken from the open queue, of each receiver that still has such pedidos in its line.
select recebedor_id, max(ordem) as ordem
from pedidos
where recebedor_id = any(?::text[]) and in_line and (unnoted or ciclo > 0) and unnoted
group by recebedor_id
