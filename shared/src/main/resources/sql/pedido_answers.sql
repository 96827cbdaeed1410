-- The answers of a page, newest first.
select answer
from unnest(?::text[]) as g (pedido_id)
join pedido_answers a using (pedido_id)
order by a.ordem desc, a.pedido_id desc
