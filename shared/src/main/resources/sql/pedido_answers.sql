-- The answers of a page, newest first. Null: since the page was chosen the pedido has left the wanted status, if there is one. Only the
-- answer itself tells its status: that changes from look to look, also within a statement. offset 0 keeps it one probe for each pedido:
-- joined, the answers of all pedidos would be made.
select case when :status::text is null or a.answer::json ->> 'status' = :status::text then a.answer end as answer
from unnest(:pedido_ids::text[]) as g (pedido_id)
cross join lateral (
    select known.ordem, known.pedido_id, known.answer
    from pedido_answers known
    where known.pedido_id = g.pedido_id
    offset 0
) a
order by a.ordem desc, a.pedido_id desc
