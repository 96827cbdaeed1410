-- A page of a pedido's events, oldest first by id: under the receiver's lock the ids have the order of the
-- events. The last recorded refusal says how many came after it. Refusals have an index of their own.
-- The events of an archived pedido are in the archive, except refusals that came later, and those of one that was taken back.
select
    e.id,
    json_build_object(
        'event_type', e.event_type,
        'payload', case
            when e.event_type = 'CONFLICT' and e.id = greatest(
                (select max(last.id)
                 from operation_events last
                 where last.external_id = :pedido_id and last.event_type = 'CONFLICT'),
                (select max(last.id)
                 from arquivados k
                 cross join lateral archived_events(k.ordem, k.pedido_id, 0, null) last
                 where k.pedido_id = :pedido_id and last.event_type = 'CONFLICT'))
            then e.payload || coalesce((
                select jsonb_build_object('seguintes', c.further)
                from conflicts c
                where c.pedido_id = :pedido_id and c.further > 0), '{}')
            else e.payload
        end,
        'occurred_at', rfc3339(e.occurred_at))::text as answer
from (
    select *
    from (
        (select id, event_type, payload, occurred_at
         from operation_events
         where external_id = :pedido_id and event_type = 'CONFLICT' and id > :after::bigint
         order by id
         limit :rows)
        union all
        -- Stock and receivers have external ids of the form estoque:<sku>, recebedor:<id>: a pedido may have one as well.
        (select id, event_type, payload, occurred_at
         from operation_events
         where external_id = :pedido_id
           and event_type in ({own})
           and id > :after::bigint
         order by id
         limit :rows)
        union all
        (select e.id, e.event_type, e.payload, e.occurred_at
         from arquivados k
         cross join lateral archived_events(k.ordem, k.pedido_id, :after::bigint, :rows) e
         where k.pedido_id = :pedido_id)
    ) all_kinds
    order by id
    limit :rows
) e
order by e.id
