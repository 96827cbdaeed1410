-- As pedido_answers.sql, for a page of which some are in the archive. The others are answered as there.
select case when :status::text is null or a.answer::json ->> 'status' = :status::text then a.answer end as answer
from unnest(:pedido_ids::text[]) as g (pedido_id)
cross join lateral (
    (select live.ordem, live.pedido_id, live.answer from pedido_answers live where live.pedido_id = g.pedido_id)
    union all
    (select k.ordem, k.pedido_id, k.answer
    from known_pedidos k
    where k.pedido_id = g.pedido_id and not exists (select from pedidos p where p.pedido_id = g.pedido_id))
    offset 0
) a
order by a.ordem desc, a.pedido_id desc
