-- The outcomes of the event, and of those that waited for it.
insert into operation_outcomes as known (external_id, event_type, payload_hash, event_id, estado, motivo)
select given.external_id, g.event_type, g.payload_hash, e.id, g.estado, g.motivo
from (select ?::text as external_id) given
cross join unnest(?::text[], ?::bytea[], ?::text[], ?::text[]) as g (event_type, payload_hash, estado, motivo)
join operation_events e
    on e.external_id = 'operacao/' || given.external_id
    and e.event_type = 'OPERACAO_' || g.event_type
    and e.payload_hash = g.payload_hash
on conflict (external_id, event_type, payload_hash) do update
set estado = excluded.estado, motivo = excluded.motivo
