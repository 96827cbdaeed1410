-- The broker was lost with everything in it: whatever it should hold is to be published again. A retry that is not due yet
-- waits for its time. Done twice, or needlessly, it costs copies that are found to be stale or duplicates.
-- Locked in the order of pedido_id, like everywhere; one that was finished meanwhile is left alone.
with lost as (
    select p.pedido_id
    from unnest(?::text[]) as g (pedido_id)
    join pedidos p using (pedido_id)
    where p.status in ('PENDING', 'PROCESSING', 'RETRYING', 'DEAD_LETTERED')
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
