-- The newest event that is committed, and the transactions that may still commit events with lower ids: those that
-- have begun to insert events hold this lock from before they draw an id until their end. The snapshot of this
-- statement is older than its look at the locks. So whoever is not found there either has ended, and the next
-- statement sees its events, or draws its ids later, above the newest one.
-- Transactions that have not inserted events yet, and those of other databases, hold up nothing.
with newest as materialized (
    select greatest((select id from operation_events order by id desc limit 1), (select ultimo_evento from arquivo)) as id
)
select
    newest.id,
    case
        when newest.id > :known or :waiting then array(
            select virtualtransaction
            from pg_locks
            where locktype = 'relation'
              and database = (select oid from pg_database where datname = current_database())
              and relation = 'operation_events'::regclass
              and mode = 'RowExclusiveLock'
              and granted)
        else '{}'
    end as writers
from newest
