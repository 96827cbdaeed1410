-- For each receiver with pedidos from pedidos_queue in its line: the last place among them.
select recebedor_id, max(ordem) as ordem
from pedidos
where recebedor_id = any(?::text[]) and in_line and (unnoted or ciclo > 0) and unnoted
group by recebedor_id
