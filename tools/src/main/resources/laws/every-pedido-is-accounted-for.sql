-- Accepted = COMPLETED + REJECTED + CANCELLED + DEAD_LETTERED + DISCARDED + unfinished.
-- The left side is counted from the events, the right side from the projection.
select format(
           '%s accepted = %s',
           (select count(*) from judged_events where event_type = 'ACCEPTED'),
           coalesce(string_agg(total || ' ' || status, ' + ' order by status), '0'))
from (select status, count(*) as total from judged_pedidos group by status) as by_status;

-- A pedido id may itself begin with 'estoque:', so events are told apart by their type.
with accepted as (
    select external_id, count(*) as times
    from judged_events
    where event_type = 'ACCEPTED'
    group by external_id
)
select
    coalesce(p.pedido_id, a.external_id) as pedido_id,
    coalesce(p.status, 'no row') as status,
    coalesce(a.times, 0) as accepted_events
from judged_pedidos p
full join accepted a on a.external_id = p.pedido_id
where p.pedido_id is null or a.times is distinct from 1
