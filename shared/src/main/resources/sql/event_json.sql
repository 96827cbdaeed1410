-- The event "e", as a stream sends it.
json_build_object(
    'pedido_id', e.external_id,
    'event_type', e.event_type,
    'payload', e.payload,
    'occurred_at', rfc3339(e.occurred_at))::text
