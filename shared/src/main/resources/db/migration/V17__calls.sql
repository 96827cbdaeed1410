-- The calls that handlers make to other systems, for audit: one row for each, inserted when it has ended.
create table chamadas (
    id          bigint generated always as identity primary key,
    -- When it ended.
    em          timestamptz not null default clock_timestamp(),
    dependencia text collate "C" not null,
    -- OK, or what kind of failure; see dev.pedidos.worker.calls.CallOutcome.
    resultado   text collate "C" not null,
    duracao_ms  bigint not null check (duracao_ms >= 0),
    -- How old the answer was when it was used; null without an answer.
    idade_ms    bigint check (idade_ms >= 0),
    pedido_id   text collate "C" not null,
    -- The task of which the pedido is an item.
    task_id     text collate "C",
    erro        text
) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000,
    autovacuum_freeze_min_age = 0);

create index chamadas_of_dependencia on chamadas (dependencia, id);
create index chamadas_of_task on chamadas (task_id, id) where task_id is not null;

-- The programs' role may only insert. The owner of the tables may delete what is old.
create function chamadas_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'chamadas is append-only: % is refused', tg_op;
end $$;

create trigger chamadas_append_only before update or truncate on chamadas
    for each statement execute function chamadas_refuse_change();

-- The task of which a pedido is an item; null if it is none.
create function task_of(pedido_id text) returns text language sql stable as $$
    select t.task_id
    from (select regexp_replace($1, ':[^:]*$', '') as task, substring($1 from '[^:]*$') as item) part
    join tasks t on t.task_id = part.task
    where case when part.item ~ '^[1-9][0-9]{0,4}$' then part.item::integer <= t.total else false end
$$;

grant select, insert on chamadas to "${app_role}";
