-- The broker was lost with its messages: everything that it should hold is published again. A retry that is not due yet
-- waits for its time. If this is repeated or not needed, workers find the copies to be stale or duplicates. Rows are
-- locked in the order of pedido_id, as everywhere; pedidos that have finished meanwhile are left alone.
-- It is planned by the ids (decision 0061).
with lost as (
    select p.pedido_id
    from unnest(?::text[]) as g (pedido_id)
    join pedidos p using (pedido_id)
    where p.status || '' in ('PENDING', 'PROCESSING', 'RETRYING', 'DEAD_LETTERED')
    order by p.pedido_id
    for update of p
)
update pedidos p
set published = false,
    relay_at = case
        when p.status = 'RETRYING' then greatest(clock_timestamp(), p.proxima_tentativa_em)
        else clock_timestamp()
    end
from lost
where p.pedido_id = lost.pedido_id
