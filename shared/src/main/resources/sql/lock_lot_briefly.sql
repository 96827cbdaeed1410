-- lock_lot.sql, but each lock of the transaction is waited for a tenth of a second only: these, and those of rows after them.
select set_config('lock_timeout', '100ms', true),
       pg_advisory_xact_lock(lock.key)
from (
    {sql/lock_keys}
) lock
