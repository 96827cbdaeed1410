-- The one place where a replay reads events: archived ones too.
select id, external_id, event_type, payload, payload_hash, occurred_at, conteudo is not null as has_content
from public.todos_eventos
