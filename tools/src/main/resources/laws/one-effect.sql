-- A pedido has at most one COMPLETED or REJECTED event.
select format('%s effects of %s pedidos', count(*), count(distinct external_id))
from judged_events
where event_type in ('COMPLETED', 'REJECTED');

-- Counts the events: the unique index that enforces this may have been dropped.
select external_id as pedido_id, string_agg(event_type, ', ' order by id) as effects
from judged_events
where event_type in ('COMPLETED', 'REJECTED')
group by external_id
having count(*) > 1
