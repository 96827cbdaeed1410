-- Which of these pedidos are in one of these states. The limit keeps it one probe for each: two if it is archived.
select g.pedido_id
from unnest(:pedido_ids::text[]) as g (pedido_id)
cross join lateral (
    (select p.status from pedidos p where p.pedido_id = g.pedido_id)
    union all
    (select k.status from arquivados k where k.pedido_id = g.pedido_id)
    limit 1
) pedido
where pedido.status = any(:states::text[])
