-- A page of the items of a task, in their order, by one probe for each item from :after to :until. Archived ones are found by their place in the
-- archive; of one whose month was dropped only the status is known.
select n, json_build_object(
    'n', n,
    'pedido_id', item.pedido_id,
    'cnpj', item.recebedor_id,
    'status', item.status,
    'motivo', item.motivo,
    'resultado', item.resultado)::text as answer
from generate_series(:after::integer + 1, :until::integer) as n
cross join lateral (
    select p.pedido_id, p.recebedor_id, visible_status(p.status, p.begun, p.pedido_id) as status, p.motivo, p.resultado
    from pedidos p
    where p.pedido_id = :task_id || ':' || n
    union all
    select k.pedido_id, a.recebedor_id, k.status, a.motivo, a.resultado
    from arquivados k
    left join lateral archived_pedido(k.ordem, k.pedido_id) a on true
    where k.pedido_id = :task_id || ':' || n
      and not exists (select from pedidos live where live.pedido_id = k.pedido_id)
    offset 0
) item
where {of_status}
order by n
limit :rows
