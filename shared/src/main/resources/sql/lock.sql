-- One receiver's turn: the transaction that holds this lock decides for the receiver until it ends. The lock is a
-- statement of its own: a probe in the same statement would see the head as it was before the wait.
select pg_advisory_xact_lock(hashtextextended(?, 0))
