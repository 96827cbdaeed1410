-- The relay looks at a pedido that is not published within half a minute (at a retry after its delay; this statement leaves retries
-- alone). A time further ahead was set before the clock was put back: the pedido is due now. Looks at a few at once, from the furthest
-- time on; the next call goes on at the time where this one ended, because those that it leaves alone stay where they are.
with far as (
    select pedido_id, relay_at, published, status
    from pedidos
    -- A stable bound ends the walk through the index; clock_timestamp() would not.
    where relay_at > statement_timestamp() + interval '2 minutes' and relay_at < only_as_head()
      and relay_at <= coalesce(?::timestamptz, only_as_head())
    order by relay_at desc
    limit 500
), strays as (
    select p.pedido_id
    from far
    join pedidos p using (pedido_id)
    where not far.published and far.status <> 'RETRYING'
    order by p.pedido_id
    for update of p skip locked
), brought as (
    update pedidos p
    set relay_at = clock_timestamp()
    from strays
    where p.pedido_id = strays.pedido_id and not p.published and p.status <> 'RETRYING'
      and p.relay_at > clock_timestamp() + interval '2 minutes'
)
select min(relay_at) as nearest, count(*) = 500 as more
from far
