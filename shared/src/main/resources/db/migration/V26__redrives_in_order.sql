-- A redrive takes the letters that were never put off first (sql/claim_redrive.sql): those of a receiver whose lock is kept come after
-- all others. Built beside running programs, as in V14.
drop index concurrently if exists redrive_items_due;
create index concurrently redrive_items_due on redrive_items (redrive_id, look_at, place) where done_at is null;
drop index concurrently if exists redrive_items_left;
