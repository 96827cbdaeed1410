-- As pedido_answers.sql, for a page with pedidos that were not found there.
select a.answer
from unnest(?::text[]) as g (pedido_id)
cross join lateral (
    select k.ordem, k.pedido_id, k.answer from known_pedidos k where k.pedido_id = g.pedido_id offset 0
) a
order by a.ordem desc, a.pedido_id desc
