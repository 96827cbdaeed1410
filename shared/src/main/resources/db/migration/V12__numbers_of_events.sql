-- verify compares the ids of the events with the sequence that gives them: a ledger that was moved without its sequence
-- would give low ids again.
grant select on sequence operation_events_id_seq to "${app_role}";
