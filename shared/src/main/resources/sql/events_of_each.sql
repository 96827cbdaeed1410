-- The events of each of these pedidos after an id of its own, up to a common one: for streams that begin.
select event.id, g.pedido_id, pedido.recebedor_id, event.event_type, event.data
from unnest(:pedidos::text[], :after::bigint[]) as g (pedido_id, after)
cross join lateral (
    (select p.recebedor_id from pedidos p where p.pedido_id = g.pedido_id)
    union all
    (select p.recebedor_id
     from arquivados k
     cross join lateral archived_pedido(k.ordem, k.pedido_id) p
     where k.pedido_id = g.pedido_id)
    limit 1
) pedido
cross join lateral (
    select
        e.id,
        e.event_type,
        {sql/event_json} as data
    from (
        (select e.id, e.external_id, e.event_type, e.payload, e.occurred_at
         from operation_events e
         where e.external_id = g.pedido_id
           and e.event_type in ({own}, 'CONFLICT')
           and e.id > g.after
           and e.id <= :until
         order by e.id
         limit :rows)
        union all
        (select e.id, e.external_id, e.event_type, e.payload, e.occurred_at
         from arquivados k
         cross join lateral archived_events(k.ordem, k.pedido_id, g.after, :rows) e
         where k.pedido_id = g.pedido_id
           and e.id <= :until)
        order by id
        limit :rows
    ) e
) event
order by event.id
