-- Same id, other content: on the record, once per content.
insert into operation_events (external_id, event_type, payload, payload_hash)
select ?, 'CONFLICT', payload, sha256(convert_to(payload::text, 'UTF8'))
from (select jsonb_build_object('payload_hash', ?::text) as payload) refused
on conflict do nothing
