-- Marks letters that were confirmed once and are missing from the queue. Only if nobody has written the row since then: the letter
-- may have been published again, redriven or discarded meanwhile. The letter of a row that
-- others have locked is missed by the next sweep.
-- It is planned by the ids (decision 0061).
with missing as (
    select p.pedido_id
    from unnest(?::text[], ?::text[]) as g (pedido_id, row_version)
    join pedidos p using (pedido_id)
    where p.xmin::text = g.row_version and p.status || '' = 'DEAD_LETTERED' and p.published
    order by p.pedido_id
    for update of p skip locked
)
update pedidos p
set published = false, relay_at = clock_timestamp() + make_interval(secs => ?)
from missing m
where p.pedido_id = m.pedido_id
