-- Who takes from the open queue, until the transaction ends. One at a time: what is in somebody's hands and not noted yet
-- would be missed by another who sees the queue empty.
select pg_try_advisory_xact_lock(hashtextextended('intake', 2))
