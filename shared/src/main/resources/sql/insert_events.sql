-- Records the rows of "events".
insert into operation_events (external_id, event_type, payload, payload_hash)
select pedido_id, event_type, payload, sha256(convert_to(payload::text, 'UTF8'))
from events
