-- What is not published is looked at by the relay within half a minute (a retry: after its delay, it is left alone here). A time further
-- ahead was set before the clock was put back: its time has come. The times that lie furthest ahead are looked at, a few at once.
with far as (
    select pedido_id, published, status
    from pedidos
    where relay_at > clock_timestamp() + interval '2 minutes'
    order by relay_at desc
    limit 500
), strays as (
    select p.pedido_id
    from far
    join pedidos p using (pedido_id)
    where not far.published and far.status <> 'RETRYING'
    order by p.pedido_id
    for update of p skip locked
)
update pedidos p
set relay_at = clock_timestamp()
from strays
where p.pedido_id = strays.pedido_id and not p.published and p.status <> 'RETRYING'
  and p.relay_at > clock_timestamp() + interval '2 minutes'
