-- Who takes from the open queue, until the transaction ends. One at a time: what is in somebody's hands and not noted yet
-- would be missed by another who sees the queue empty. Not in a session that cannot note (a standby's, one that is read-only): it would
-- take messages out of their order and give them back, and its lock keeps out nobody who has one of the primary.
select current_setting('transaction_read_only') = 'off' and pg_try_advisory_xact_lock(hashtextextended('intake', 2))
