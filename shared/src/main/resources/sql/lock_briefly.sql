-- lock.sql, but the lock is waited for a tenth of a second only. The rest of the transaction has the usual bound.
select set_config('lock_timeout', '100ms', true),
       pg_advisory_xact_lock(hashtextextended(?, 0)),
       set_config('lock_timeout', usual.bound, true)
from (select current_setting('lock_timeout') as bound offset 0) usual
