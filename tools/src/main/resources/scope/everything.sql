-- Every row, archived or not. The laws read the names below and no table, so a law is one statement, whatever it judges.
judged_pedidos as not materialized (select * from todos_pedidos),
judged_events as not materialized (select * from todos_eventos),
judged_contents as not materialized (
    select p.pedido_id, coalesce(p.payload, a.conteudo) as content
    from judged_pedidos p
    left join judged_events a on a.external_id = p.pedido_id and a.event_type = 'ACCEPTED'
),
judged_reservas as not materialized (select * from todas_reservas),
judged_cancelamentos as not materialized (select * from cancelamentos),
judged_estoque as not materialized (select * from estoque),
judged_webhooks as not materialized (select * from webhooks),
judged_effects as not materialized (
    select p.*, e.id as effect
    from judged_pedidos p
    left join judged_events e on e.external_id = p.pedido_id and e.event_type in ('COMPLETED', 'REJECTED')
),
acceptances as not materialized (
    select external_id as pedido_id, (payload ->> 'ordem')::bigint as ordem
    from todos_eventos
    where event_type = 'ACCEPTED'
),
unfinished as not materialized (
    select * from pedidos where status in ('PENDING', 'PROCESSING', 'RETRYING')
),
newest_finished as not materialized (
    select max(ordem) as ordem, max(atualizado_em) as finished_at
    from todos_pedidos
    where status not in ('PENDING', 'PROCESSING', 'RETRYING')
),
-- The collation makes the prefix a range of an index. If a pedido is known to be COMPLETED and has no such event, its month was
-- dropped: nobody knows any more in which order workers decided.
judged_operation_events as not materialized (
    select
        e.*,
        effect.id as effect,
        case when effect.id is null then exists (
            select from arquivados k where k.pedido_id = e.payload ->> 'pedido_id' and k.status = 'COMPLETED'
        ) else false end as dropped
    from operation_events e
    left join todos_eventos effect
        on effect.external_id = e.payload ->> 'pedido_id' and effect.event_type = 'COMPLETED'
    where e.external_id like 'operacao/%'
),
judged_operations as not materialized (select * from operations),
judged_outcomes as not materialized (select * from operation_outcomes),
judged_tasks as not materialized (select * from task_counts),
judged_task_items as not materialized (
    select t.task_id, coalesce(p.status, k.status) as status
    from tasks t
    cross join lateral generate_series(1, t.total) as n
    left join pedidos p on p.pedido_id = t.task_id || ':' || n
    left join arquivados k on k.pedido_id = t.task_id || ':' || n
)
