-- The one place where a replay reads events.
select id, external_id, event_type, payload, payload_hash, occurred_at, conteudo is not null as has_content
from public.operation_events
