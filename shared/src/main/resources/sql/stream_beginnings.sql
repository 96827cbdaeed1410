-- For each pedido whose stream is to begin: is it known, what was its last event (a refused content is none of its
-- own), and is there an event after the one that the client has.
select
    g.pedido_id,
    g.after,
    exists (select from pedidos p where p.pedido_id = g.pedido_id)
        or exists (select from arquivados k where k.pedido_id = g.pedido_id) as known,
    last.id as last_id,
    last.event_type as last_type,
    exists (
        select
        from operation_events e
        where e.external_id = g.pedido_id
          and e.event_type in ({own}, 'CONFLICT')
          and e.id > g.after
    ) or exists (
        select
        from arquivados k
        cross join lateral archived_events(k.ordem, k.pedido_id, g.after, 1) e
        where k.pedido_id = g.pedido_id
    ) as more
from unnest(:pedidos::text[], :after::bigint[]) as g (pedido_id, after)
left join lateral (
    (select e.id, e.event_type
     from operation_events e
     where e.external_id = g.pedido_id
       and e.event_type in ({own})
     order by e.id desc
     limit 1)
    union all
    (select e.id, e.event_type
     from arquivados k
     cross join lateral archived_events(k.ordem, k.pedido_id, 0, null) e
     where k.pedido_id = g.pedido_id
       and e.event_type in ({own})
     order by e.id desc
     limit 1)
    order by id desc
    limit 1
) last on true
