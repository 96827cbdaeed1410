-- The parts that are the same for every extent.
all_pedidos as not materialized (select * from todos_pedidos),
-- Unfinished pedidos that no other one of their recebedor keeps waiting: of each line its first, unless that is a dead letter that
-- holds the line, and all of a tipo without order.
heads as not materialized (
    select first.*
    from (
        select distinct on (recebedor_id) line.*
        from (
            select * from unfinished where in_line
            union all
            select * from pedidos where held and in_line
        ) line
        order by recebedor_id, ordem, pedido_id
    ) first
    where not first.held
    union all
    select * from unfinished where not in_line
),
-- They wait in the ledger until they may call a dependency.
waiting_for_a_call as not materialized (select pedido_id, ciclo, agendamento from esperas),
-- Pedidos whose month was dropped from the archive: their ids are known, their rows and events are gone.
dropped as not materialized (
    select k.pedido_id
    from arquivados k
    where not exists (select from todos_pedidos p where p.pedido_id = k.pedido_id)
      and not exists (select from todos_eventos e where e.external_id = k.pedido_id and e.event_type = 'ACCEPTED')
),
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
