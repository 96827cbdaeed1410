-- The right to take from the open queue, until the transaction ends. One instance has it at a time: another one could see the
-- queue empty while messages are in hand and not inserted yet. Not in a session that cannot insert (on a standby, or read-only): it
-- would take messages out of their order and give them back, and its lock keeps out nobody who has a session on the primary.
select current_setting('transaction_read_only') = 'off' and pg_try_advisory_xact_lock(hashtextextended('intake', 2))
