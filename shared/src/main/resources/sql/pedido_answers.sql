-- The answers of a page, newest first. The offset keeps it a probe for each: joined, the answers of all pedidos would be made.
select a.answer
from unnest(?::text[]) as g (pedido_id)
cross join lateral (
    select known.ordem, known.pedido_id, known.answer
    from pedido_answers known
    where known.pedido_id = g.pedido_id
    offset 0
) a
order by a.ordem desc, a.pedido_id desc
