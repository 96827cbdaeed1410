-- The broker has confirmed these: the relay need not publish them. Only where the row is still as it was published: a late
-- mark must not erase a redrive or a newer retry. Most are finished by then, which cleared relay_at already.
-- Rows are locked in the order of pedido_id, like everywhere.
with marked as (
    select p.pedido_id
    from unnest(?::text[], ?::text[], ?::integer[], ?::integer[]) as g (pedido_id, status, ciclo, tentativas)
    join pedidos p using (pedido_id, status, ciclo, tentativas)
    where p.relay_at is not null
    order by p.pedido_id
    for update of p
)
update pedidos p set relay_at = null from marked m where p.pedido_id = m.pedido_id
