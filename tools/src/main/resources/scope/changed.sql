-- Pedidos and operations with an event above {after}, each with all its rows. Every table is entered by a key, for one
-- row of what has changed at a time: each "offset 0" keeps the planner from another way. So the cost follows the change.
new_events as materialized (
    select id, external_id, event_type from todos_eventos where id > {after}
),
changed as materialized (
    select distinct external_id as pedido_id
    from new_events
    where event_type not in ('ESTOQUE_DEFINIDO', 'RECEBEDOR_LIBERADO', 'MENSAGEM_RECUSADA')
      and external_id not like 'operacao/%'
),
-- A cancellation is about two pedidos: if one of them has changed, both are judged.
judged_ids as materialized (
    select pedido_id from changed
    union
    select cancelled.pedido_id
    from changed c
    cross join lateral (
        select coalesce(p.payload, a.conteudo) -> 'dados' ->> 'pedido_id' as pedido_id
        from todos_pedidos p
        left join todos_eventos a on a.external_id = p.pedido_id and a.event_type = 'ACCEPTED'
        where p.pedido_id = c.pedido_id and p.tipo = 'cancelamento'
        offset 0
    ) cancelled
    union
    select cancellation.por
    from changed c
    cross join lateral (select k.por from cancelamentos k where k.pedido_id = c.pedido_id offset 0) cancellation
),
judged_pedidos as materialized (
    select p.*
    from judged_ids j
    cross join lateral (select * from todos_pedidos p where p.pedido_id = j.pedido_id offset 0) p
),
judged_events as materialized (
    select e.*
    from judged_ids j
    cross join lateral (select * from todos_eventos e where e.external_id = j.pedido_id offset 0) e
),
judged_contents as materialized (
    select p.pedido_id, coalesce(p.payload, a.conteudo) as content
    from judged_pedidos p
    left join judged_events a on a.external_id = p.pedido_id and a.event_type = 'ACCEPTED'
),
judged_reservas as materialized (
    select r.*
    from judged_ids j
    cross join lateral (select * from todas_reservas r where r.pedido_id = j.pedido_id offset 0) r
),
judged_cancelamentos as materialized (
    select k.*
    from judged_ids j
    cross join lateral (select * from cancelamentos k where k.pedido_id = j.pedido_id offset 0) k
),
-- Whoever took effect in this time, with everything that was still unfinished then: the later effects, and what of
-- those receivers is unfinished now. Whoever overtook before this time was judged then.
new_effects as materialized (
    select p.*, e.id as effect
    from judged_pedidos p
    join new_events e on e.external_id = p.pedido_id and e.event_type in ('COMPLETED', 'REJECTED')
),
judged_effects as materialized (
    select * from new_effects
    union all
    select p.*, null::bigint
    from (select distinct recebedor_id from new_effects) r
    cross join lateral (
        select *
        from pedidos p
        where p.recebedor_id = r.recebedor_id
          and p.in_line
          and p.status in ('PENDING', 'PROCESSING', 'RETRYING')
        offset 0
    ) p
),
acceptances as materialized (
    select u.pedido_id, (e.payload ->> 'ordem')::bigint as ordem
    from (select distinct pedido_id from judged_effects where unnoted) u
    cross join lateral (
        select * from todos_eventos e where e.external_id = u.pedido_id and e.event_type = 'ACCEPTED' offset 0
    ) e
),
-- One probe of an index for each tipo and state.
tipos_there (tipo) as (
    (select tipo from pedidos order by tipo limit 1)
    union all
    select (select p.tipo from pedidos p where p.tipo > t.tipo order by p.tipo limit 1)
    from tipos_there t
    where t.tipo is not null
),
unfinished as materialized (
    select p.*
    from tipos_there t
    cross join (values ('PENDING'), ('PROCESSING'), ('RETRYING')) as s (status)
    cross join lateral (select * from pedidos p where p.tipo = t.tipo and p.status = s.status offset 0) p
),
newest_finished as materialized (
    select
        (select max(f.ordem)
         from tipos_there t
         cross join (values ('COMPLETED'), ('REJECTED'), ('CANCELLED'), ('DEAD_LETTERED'), ('DISCARDED')) as s (status)
         cross join lateral (
             select p.ordem from pedidos p where p.tipo = t.tipo and p.status = s.status order by p.ordem desc limit 1
         ) f) as ordem,
        -- Not all events, if nothing was finished for long: then it was before the oldest of those that were read.
        greatest(
            (select coalesce(
                 max(newest.occurred_at) filter (
                     where newest.event_type in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DEAD_LETTERED', 'DISCARDED')),
                 min(newest.occurred_at))
             from (select * from operation_events order by id desc limit 10000) newest),
            (select max(newest.occurred_at) filter (
                 where newest.event_type in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DEAD_LETTERED', 'DISCARDED'))
             from (select * from eventos_arquivados order by id desc limit 10000) newest)) as finished_at
),
changed_operations as materialized (
    select substr(external_id, length('operacao/') + 1) as external_id from new_events where external_id like 'operacao/%'
    union
    select c.content -> 'dados' ->> 'external_id'
    from judged_pedidos p
    join judged_contents c using (pedido_id)
    where p.tipo = 'operacao'
),
judged_operation_events as materialized (
    select
        e.*,
        effect.id as effect,
        case when effect.id is null then exists (
            select from arquivados k where k.pedido_id = e.payload ->> 'pedido_id' and k.status = 'COMPLETED' offset 0
        ) else false end as dropped
    from changed_operations c
    cross join lateral (
        select * from operation_events e where e.external_id = 'operacao/' || c.external_id offset 0
    ) e
    left join lateral (
        select done.id
        from todos_eventos done
        where done.external_id = e.payload ->> 'pedido_id' and done.event_type = 'COMPLETED'
        offset 0
    ) effect on true
),
judged_operations as materialized (
    select o.*
    from changed_operations c
    cross join lateral (select * from operations o where o.external_id = c.external_id offset 0) o
),
judged_outcomes as materialized (
    select u.*
    from changed_operations c
    cross join lateral (select * from operation_outcomes u where u.external_id = c.external_id offset 0) u
),
judged_tasks as materialized (
    select t.*
    from (
        select distinct regexp_replace(pedido_id, ':[^:]*$', '') as task_id from judged_ids where pedido_id like '%:%'
    ) c
    cross join lateral (select * from task_counts t where t.task_id = c.task_id offset 0) t
),
judged_task_items as materialized (
    select t.task_id, coalesce(
        (select p.status from pedidos p where p.pedido_id = t.task_id || ':' || n),
        (select k.status from arquivados k where k.pedido_id = t.task_id || ':' || n)) as status
    from judged_tasks t
    cross join lateral generate_series(1, t.total) as n
)
