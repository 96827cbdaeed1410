-- Marks letters that were confirmed once and are missing from the queue. Only if the row is still the same dead letter:
-- one that was redriven, discarded or is being published already is left alone. Rows are locked in the order of
-- pedido_id, as everywhere.
-- It is planned by the ids (decision 0061).
with missing as (
    select p.pedido_id
    from unnest(?::text[], ?::integer[]) as g (pedido_id, ciclo)
    join pedidos p using (pedido_id, ciclo)
    where p.status || '' = 'DEAD_LETTERED' and p.published
    order by p.pedido_id
    for update of p
)
update pedidos p
set published = false, relay_at = clock_timestamp() + make_interval(secs => ?)
from missing m
where p.pedido_id = m.pedido_id
