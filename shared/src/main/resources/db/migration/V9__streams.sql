-- Streams read the events by id: what is new is the end of this index. Built beside running programs: it locks no table.
-- An attempt that was cut off leaves an index that is not valid.
drop index concurrently if exists operation_events_by_id;
create index concurrently operation_events_by_id on operation_events (id);
