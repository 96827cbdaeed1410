-- The receivers of a lot: their locks.
select pg_advisory_xact_lock(lock.key)
from (
    {sql/lock_keys}
) lock
