-- For pedidos that the broker accepted and that were also inserted, by a statement whose answer was lost: each keeps
-- the earlier of its two places. A pedido that came by the open queue keeps the place that the queue gave it: this is a redelivery of
-- its message. A parked pedido may now stand before the one that a worker has in hand. That worker looks only behind, so the relay
-- publishes it. Rows are locked in the order of pedido_id, as everywhere.
-- It is planned by the ids (decision 0061).
with later as (
    select p.pedido_id, g.accepted_micros
    from (
        select pedido_id, payload_hash, min(accepted_micros) as accepted_micros
        from unnest(?::text[], ?::bytea[], ?::bigint[]) as given (pedido_id, payload_hash, accepted_micros)
        group by pedido_id, payload_hash
    ) g
    join pedidos p using (pedido_id, payload_hash)
    where p.ordem > g.accepted_micros and not p.unnoted and p.status || '' in ({sql/unfinished_states})
    order by p.pedido_id
    for update of p
)
update pedidos p
set ordem = l.accepted_micros, unnoted = true,
    published = p.published and not p.parked,
    relay_at = case when p.parked then clock_timestamp() else p.relay_at end
from later l
where p.pedido_id = l.pedido_id
