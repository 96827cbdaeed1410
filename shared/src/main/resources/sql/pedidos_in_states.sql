-- Which of these pedidos are in one of these states. The offset keeps it one probe for each.
select g.pedido_id
from unnest(:pedido_ids::text[]) as g (pedido_id)
cross join lateral (
    select p.status from pedidos p where p.pedido_id = g.pedido_id offset 0
) pedido
where pedido.status = any(:states::text[])
