-- The items of a task that are not final, by one probe for each item.
select p.pedido_id, p.recebedor_id, p.status
from tasks t
cross join lateral generate_series(1, t.total) as n
cross join lateral (
    select p.pedido_id, p.recebedor_id, p.status
    from pedidos p
    where p.pedido_id = t.task_id || ':' || n and p.status in ({sql/unfinished_states})
    offset 0
) p
where t.task_id = ?
order by n
