-- A scheduled attempt is not made before its time.
select format('%s attempts were put off', count(*))
from judged_events
where event_type = 'RETRY_SCHEDULED';

-- The PROCESSING event of an attempt is written when it ends, so it is never too early by itself. One that was due when it was put off
-- waited for no time: after the clock was set back its attempt looks early.
with steps as (
    select
        external_id,
        event_type,
        payload,
        occurred_at,
        lead(event_type) over pedido as next_type,
        lead(occurred_at) over pedido as next_at
    from judged_events
    where event_type not in ('ESTOQUE_DEFINIDO', 'CONFLICT')
    window pedido as (partition by external_id order by id)
)
select external_id as pedido_id, payload ->> 'proxima_tentativa_em' as to_be_tried_at, next_at as tried_at
from steps
where event_type = 'RETRY_SCHEDULED'
  and next_type = 'PROCESSING'
  and next_at < (payload ->> 'proxima_tentativa_em')::timestamptz
  and occurred_at < (payload ->> 'proxima_tentativa_em')::timestamptz
