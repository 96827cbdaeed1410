-- lock.sql, but each lock of the transaction is waited for a tenth of a second only: this one, and those of rows after it.
select set_config('lock_timeout', '100ms', true),
       pg_advisory_xact_lock(hashtextextended(?, 0))
