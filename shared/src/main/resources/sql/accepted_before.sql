-- Pedidos that were accepted before, and whether their content is the same (a replay) or another (a conflict). A replay has its
-- answer too if that is small: hundreds of them are read together, and a large one is read by itself.
-- offset 0 keeps it one probe for each pedido: joined, the answers of all pedidos would be made.
select g.pedido_id, known.same, known.answer
from unnest(?::text[], ?::bytea[]) as g (pedido_id, payload_hash)
join pedidos p using (pedido_id)
cross join lateral (
    select p.payload_hash = g.payload_hash as same,
        case when p.payload_hash = g.payload_hash and a.answer_bytes <= 4096 then a.answer end as answer
    from pedido_answers a
    where a.pedido_id = p.pedido_id
    offset 0
) known
