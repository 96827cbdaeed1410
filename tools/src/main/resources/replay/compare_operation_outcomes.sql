-- Outcomes of events that are not as the state machine gives them.
select
    coalesce(r.external_id, o.external_id) as id,
    format('%s: %s %s, the events give %s %s', coalesce(r.event_type, o.event_type),
        coalesce(o.estado, 'no row'), o.motivo, coalesce(r.estado, 'none'), r.motivo) as what
from {rebuilt} r
full join {stored} o using (external_id, event_type, payload_hash)
where (o.estado, o.motivo, o.event_id) is distinct from (r.estado, r.motivo, r.event_id)
  and not exists (select from replay.dropped_operations d where d.external_id = o.external_id)
