-- The right to take from pedidos_queue, until the transaction ends. Only one instance has it: another one could find
-- the queue empty while messages are taken and not inserted yet. A session that cannot insert (on a standby, or
-- read-only) does not get it: it would take messages out of their order and give them back, and a lock there does not
-- exclude sessions on the primary.
select current_setting('transaction_read_only') = 'off' and pg_try_advisory_xact_lock(hashtextextended('intake', 2))
