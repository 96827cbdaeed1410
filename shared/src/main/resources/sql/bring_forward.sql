-- The relay looks at a pedido that is not published within half a minute (at a retry after its delay; this statement leaves retries
-- alone). A time further ahead was set before the clock was put back: the pedido is due now. Looks at the furthest times, a few at
-- once.
with far as (
    select pedido_id, published, status
    from pedidos
    where relay_at > clock_timestamp() + interval '2 minutes' and relay_at < only_as_head()
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
