-- As accepted_before.sql, for pedidos that were not found there.
select g.pedido_id, known.payload_hash = g.payload_hash as same,
    case when known.payload_hash = g.payload_hash then known.answer end as answer
from unnest(?::text[], ?::bytea[]) as g (pedido_id, payload_hash)
cross join lateral (
    select k.payload_hash, case when k.answer_bytes <= 4096 then k.answer end as answer
    from known_pedidos k
    where k.pedido_id = g.pedido_id
    offset 0
) known
