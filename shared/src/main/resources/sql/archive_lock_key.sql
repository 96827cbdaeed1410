-- The key of the lock that the archiver holds.
hashtextextended('archive', 2)
