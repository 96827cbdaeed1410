-- A message that is not a pedido. The event has the reason, and nothing of the content: `seguintes` is there only if there are more
-- faults than it names. The same body again is the same event.
insert into operation_events (external_id, event_type, payload, payload_hash)
select 'mensagem:' || m.sha256, 'MENSAGEM_RECUSADA', m.payload, sha256(convert_to(m.payload::text, 'UTF8'))
from (
    select g.sha256, jsonb_build_object(
        'motivo', g.motivo,
        'queue', g.queue,
        'size', g.size,
        'erro_classe', g.erro_classe,
        'faults', coalesce((
            select jsonb_agg(jsonb_build_object('field', f.field, 'message', f.message) order by f.place)
            from unnest(g.fields, g.messages) with ordinality as f (field, message, place)), '[]'))
        || jsonb_strip_nulls(jsonb_build_object('seguintes', nullif(g.further, 0))) as payload
    from (
        select ?::text as sha256, ?::text as motivo, ?::text as queue, ?::integer as size, ?::text as erro_classe,
            ?::integer as further, ?::text[] as fields, ?::text[] as messages
    ) g
) m
on conflict do nothing
