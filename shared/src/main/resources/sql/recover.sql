-- The broker was lost with its messages: everything that it should hold is published again. A retry that is not due yet
-- waits for its time. If this is repeated or not needed, workers find the copies to be stale or duplicates. Pedidos
-- that have finished meanwhile are left alone. Rows that others have locked are passed over, and returned as not marked.
-- It is planned by the ids (decision 0061).
with lost as (
    select p.pedido_id
    from unnest(?::text[]) as g (pedido_id)
    join pedidos p using (pedido_id)
    where p.status || '' in ({sql/unfinished_states}, 'DEAD_LETTERED')
), free as (
    select p.pedido_id
    from lost
    join pedidos p using (pedido_id)
    where p.status || '' in ({sql/unfinished_states}, 'DEAD_LETTERED')
    order by p.pedido_id
    for update of p skip locked
), marked as (
    update pedidos p
    set published = false,
        relay_at = case
            when p.status = 'RETRYING' then greatest(clock_timestamp(), p.proxima_tentativa_em)
            else clock_timestamp()
        end
    from free
    where p.pedido_id = free.pedido_id
)
select pedido_id, pedido_id in (select pedido_id from free) as marked
from lost
