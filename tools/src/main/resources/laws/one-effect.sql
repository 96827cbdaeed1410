-- A pedido has at most one COMPLETED or REJECTED event.
select format('%s effects of %s pedidos', count(*), count(distinct external_id))
from operation_events
where event_type in ('COMPLETED', 'REJECTED');

-- Counted, not taken from the unique index that should keep it: the index may have been dropped.
select external_id as pedido_id, string_agg(event_type, ', ' order by id) as effects
from operation_events
where event_type in ('COMPLETED', 'REJECTED')
group by external_id
having count(*) > 1
