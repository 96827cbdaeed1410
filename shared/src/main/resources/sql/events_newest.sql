-- The newest event that is committed, and the transactions that may still commit events with lower ids. The
-- snapshot of this statement is older than its look at the locks. So a transaction that is not
-- found there either has ended, and the next statement sees its events, or draws its ids later, above the newest one.
-- Transactions that have not inserted events yet, and those of other databases, hold up nothing.
with newest as materialized (
    select greatest((select id from operation_events order by id desc limit 1), (select ultimo_evento from arquivo)) as id
)
select
    newest.id,
    case
        when newest.id > :known or :waiting then array({sql/event_writers})
        else '{}'
    end as writers
from newest
