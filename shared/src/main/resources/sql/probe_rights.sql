-- The rights that the programs' role needs and lacks, by name; empty: it has all.
with needed (kind, name, privilege) as (
    select 'table', name, unnest(string_to_array(privileges, ' '))
    from (values
        ('pedidos', 'select insert update'),
        ('operation_events', 'select insert'),
        ('estoque', 'select insert update'),
        ('reservas', 'select insert delete'),
        ('tipos', 'select insert update'),
        ('fleet', 'select insert update'),
        ('workers', 'select insert update delete'),
        ('redrives', 'select insert update'),
        ('redrive_items', 'select insert update'),
        ('operations', 'select insert update'),
        ('operation_outcomes', 'select insert update'),
        ('tasks', 'select insert update'),
        ('task_changes', 'select insert delete'),
        ('task_counts', 'select'),
        ('task_answers', 'select'),
        ('chamadas', 'select insert'),
        ('respostas', 'select insert update delete'),
        ('pausas', 'select insert update'),
        ('limites', 'select insert update delete'),
        ('limite_vagas', 'select insert update'),
        ('esperas', 'select insert update delete'),
        ('webhooks', 'select insert update delete'),
        ('cancelamentos', 'select insert'),
        ('conflicts', 'select insert update'),
        ('arquivados', 'select'),
        ('arquivo', 'select'),
        ('pedidos_arquivados', 'select'),
        ('eventos_arquivados', 'select'),
        ('reservas_arquivadas', 'select'),
        ('reservas_descartadas', 'select'),
        ('todos_pedidos', 'select'),
        ('todos_eventos', 'select'),
        ('todas_reservas', 'select'),
        ('known_pedidos', 'select'),
        ('pedido_answers', 'select'),
        ('operation_answers', 'select'),
        ('dead_letter_answers', 'select'),
        ('webhook_answers', 'select'),
        ('living_workers', 'select')
    ) tables (name, privileges)
    union all
    select 'function', name, 'execute'
    from (values
        ('pg_advisory_lock(bigint)'),
        ('pg_advisory_unlock_all()'),
        ('pg_advisory_xact_lock(bigint)'),
        ('pg_try_advisory_xact_lock(bigint)'),
        ('pedido_content(text, jsonb)'),
        ('archive_pedidos(text[])'),
        ('archived_events(bigint, text, bigint, bigint)'),
        ('archived_pedido(bigint, text)'),
        ('open_archive_month(date)'),
        ('unarchive_pedido(text)'),
        ('task_of(text)'),
        ('visible_status(text, text, text)'),
        ('rfc3339(timestamptz)')
    ) functions (name)
)
select coalesce(string_agg(distinct what, ', '), '')
from (
    select case
        when kind = 'table' and to_regclass(name) is null then 'table ' || name
        when kind = 'function' and to_regprocedure(name) is null then 'function ' || name
        when kind = 'table' and not has_table_privilege(name, privilege) then privilege || ' on ' || name
        when kind = 'function' and not has_function_privilege(name, privilege) then privilege || ' on ' || name
    end as what
    from needed
) missing
