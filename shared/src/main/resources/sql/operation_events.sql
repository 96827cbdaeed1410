-- A page of an operation's events, in the order received. An event that no worker has decided about waits, unless its
-- pedido was refused or given up.
select
    e.id,
    json_build_object(
        'event_type', e.event_type,
        'payload', e.payload -> 'payload',
        'payload_hash', encode(e.payload_hash, 'hex'),
        'occurred_at', rfc3339(coalesce((e.payload ->> 'occurred_at')::timestamptz, e.occurred_at)),
        'recebido_em', rfc3339(e.occurred_at),
        'estado', case
            when o.estado is not null then o.estado
            when p.status in ('REJECTED', 'DISCARDED') then 'REFUSED'
            else 'WAITING'
        end,
        'motivo', case
            when o.estado is not null then o.motivo
            when p.status in ('REJECTED', 'DISCARDED') then p.motivo
        end)::text as answer
from (
    select id, external_id, substr(event_type, length('OPERACAO_') + 1) as event_type, payload, payload_hash, occurred_at
    from operation_events
    where external_id = 'operacao/' || :external_id and id > :after::bigint
    order by id
    limit :rows
) e
left join operation_outcomes o
    on o.external_id = :external_id and o.event_type = e.event_type and o.payload_hash = e.payload_hash
left join lateral (
    select p.status, p.motivo
    from known_pedidos p
    where o.estado is null and p.pedido_id = e.payload ->> 'pedido_id'
    offset 0
) p on true
order by e.id
