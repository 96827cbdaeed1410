-- The events of each of these pedidos after an id of its own, up to a common one: for streams that begin.
select event.id, g.pedido_id, pedido.recebedor_id, event.event_type, event.data
from unnest(:pedidos::text[], :after::bigint[]) as g (pedido_id, after)
cross join lateral (
    select p.recebedor_id from pedidos p where p.pedido_id = g.pedido_id offset 0
) pedido
cross join lateral (
    select
        e.id,
        e.event_type,
        json_build_object(
            'pedido_id', e.external_id,
            'event_type', e.event_type,
            'payload', e.payload,
            'occurred_at', rfc3339(e.occurred_at))::text as data
    from operation_events e
    where e.external_id = g.pedido_id
      and e.event_type in ({own}, 'CONFLICT')
      and e.id > g.after
      and e.id <= :until
    order by e.id
    limit :rows
) event
order by event.id
