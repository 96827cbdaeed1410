-- The newest event that is older than all that is judged: the index of ids is walked from its end back to there. Ids are
-- given in the order of time, except for what the margin covers: a transaction makes its events known when it ends, and
-- clocks are corrected.
with moment as (select ?::timestamptz as begins)
select
    coalesce(greatest(
        (select e.id from operation_events e where e.occurred_at < begins order by e.id desc limit 1),
        (select e.id from eventos_arquivados e where e.occurred_at < begins order by e.id desc limit 1)), 0) as after,
    (select greatest(reltuples, 0)::bigint from pg_class where oid = 'pedidos'::regclass) as about
from moment
