insert into operation_outcomes (external_id, event_type, payload_hash, event_id, estado, motivo)
select r.external_id, r.event_type, r.payload_hash, r.event_id, r.estado, r.motivo
from replay.operation_outcomes r
join replay.keys k on k.id = r.external_id
