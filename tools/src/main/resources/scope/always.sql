-- What is the same for every extent.
all_pedidos as not materialized (select * from todos_pedidos),
newest_event as not materialized (
    select id
    from (
        select greatest((select id from operation_events order by id desc limit 1), nullif(ultimo_evento, 0)) as id from arquivo
    ) newest
    where id is not null
),
-- No row: the role may not read the sequence.
numbers as not materialized (
    select coalesce(s.last_value, 0) as given
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_sequences s on s.schemaname = n.nspname and s.sequencename = c.relname
    where c.oid = pg_get_serial_sequence('operation_events', 'id')::regclass
      and has_sequence_privilege(c.oid, 'select')
)
