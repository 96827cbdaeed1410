-- The transactions that have begun to insert events, and have not ended: they hold this lock from before they draw an id. The archiver
-- holds it too, but only deletes events: its session has the lock of ArchivePass.
with locks as materialized (
    select * from pg_locks where database = (select oid from pg_database where datname = current_database()) and granted
)
select writer.virtualtransaction
from locks writer
where writer.locktype = 'relation'
  and writer.relation = 'operation_events'::regclass
  and writer.mode = 'RowExclusiveLock'
  and not exists (
      select
      from locks archiver
      where archiver.pid = writer.pid
        and archiver.locktype = 'advisory'
        and archiver.objsubid = 1
        and (archiver.classid::bigint << 32 | archiver.objid::bigint) = {sql/archive_lock_key})
