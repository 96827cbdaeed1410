-- The transactions that have begun to insert events, and have not ended: they hold this lock from before they draw an id.
select virtualtransaction
from pg_locks
where locktype = 'relation'
  and database = (select oid from pg_database where datname = current_database())
  and relation = 'operation_events'::regclass
  and mode = 'RowExclusiveLock'
  and granted
