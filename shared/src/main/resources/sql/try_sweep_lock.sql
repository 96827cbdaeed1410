-- Who looks through the queue of dead letters, until the transaction ends. One at a time: to another one the letters that this
-- one has in hand would be missing.
select pg_try_advisory_xact_lock(hashtextextended('letter-sweep', 2))
