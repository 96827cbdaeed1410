-- The right to compare the queue of dead letters, until the transaction ends. Only one instance has it: the letters
-- that it holds would be missing for another one.
select pg_try_advisory_xact_lock(hashtextextended('letter-sweep', 2))
