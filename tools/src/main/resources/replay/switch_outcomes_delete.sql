-- Of operations that have events.
delete from operation_outcomes u
using replay.operations r, replay.keys k
where r.external_id = k.id and u.external_id = k.id
