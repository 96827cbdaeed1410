-- Batches as tasks. Each item is a pedido of tipo despesa, whose pedido_id is the task_id, a colon and its number, from 1 on.

create table tasks (
    task_id      text collate "C" primary key,
    -- Its place in lists.
    ordem        bigint not null,
    -- SHA-256 over its items; see DespesaBatch.
    content_hash bytea not null,
    total        integer not null check (total between 1 and 10000),
    -- As of the last fold, as are the three counts: task_answers adds what has changed since.
    status       text collate "C" not null default 'PENDING'
        check (status in ('PENDING', 'STARTED', 'SUCCESS', 'FAILURE', 'REVOKED')),
    -- Items that are COMPLETED, REJECTED, CANCELLED or DISCARDED.
    feitos       integer not null default 0,
    -- Items that are DEAD_LETTERED.
    falhos       integer not null default 0,
    -- Items in RETRYING.
    adiados      integer not null default 0,
    criado_em    timestamptz not null default clock_timestamp(),
    -- When the first item left PENDING.
    iniciado_em  timestamptz,
    -- When the last item became final.
    terminado_em timestamptz,
    -- When a client cancelled it.
    revogado_em  timestamptz
) with (fillfactor = 50);

create index tasks_of_status on tasks (status, ordem, task_id);

-- What the changes of items add to the counts of their task and is not folded into its row yet. Each is inserted by the
-- transaction that changes the item, so no item waits for another one's. An API folds them every half second
-- (sql/task_fold.sql), so there are few. No foreign key: it would lock the task's row.
create table task_changes (
    id      bigint generated always as identity primary key,
    task_id text collate "C" not null,
    feitos  integer not null,
    falhos  integer not null,
    adiados integer not null,
    em      timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

create index task_changes_of_task on task_changes (task_id);

-- A trigger, so that no statement that changes a pedido can forget its task. For other tipos it costs a comparison.
create function task_item_changed() returns trigger language plpgsql as $$
declare
    task text := regexp_replace(new.pedido_id, ':[^:]*$', '');
    item text := substr(new.pedido_id, length(task) + 2);
begin
    if item !~ '^[1-9][0-9]{0,4}$' then
        return null;
    end if;
    insert into task_changes (task_id, feitos, falhos, adiados)
    select t.task_id, c.feitos, c.falhos, c.adiados
    from tasks t
    cross join (
        select
            (new.status in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DISCARDED'))::integer
                - (old.status in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DISCARDED'))::integer as feitos,
            (new.status = 'DEAD_LETTERED')::integer - (old.status = 'DEAD_LETTERED')::integer as falhos,
            (new.status = 'RETRYING')::integer - (old.status = 'RETRYING')::integer as adiados
    ) c
    where t.task_id = task
      and item::integer <= t.total
      -- One that only begins counts if it is the first.
      and (c.feitos <> 0 or c.falhos <> 0 or c.adiados <> 0 or t.iniciado_em is null);
    return null;
end $$;

create trigger pedidos_of_tasks after update of status on pedidos
    for each row when (new.tipo = 'despesa' and new.status is distinct from old.status)
    execute function task_item_changed();

create function task_status(total bigint, feitos bigint, falhos bigint, iniciado_em timestamptz, revogado_em timestamptz)
returns text language sql immutable as $$
    select case
        when revogado_em is not null then 'REVOKED'
        when feitos + falhos = total then case when falhos > 0 then 'FAILURE' else 'SUCCESS' end
        when iniciado_em is not null then 'STARTED'
        else 'PENDING'
    end
$$;

-- Each task with its counts as they are now.
create view task_counts as
select t.task_id, t.ordem, t.content_hash, t.total, n.feitos, n.falhos, n.adiados, t.criado_em, n.iniciado_em,
    case when n.feitos + n.falhos = t.total then coalesce(n.ultima, t.terminado_em) end as terminado_em,
    t.revogado_em,
    task_status(t.total, n.feitos, n.falhos, n.iniciado_em, t.revogado_em) as status
from tasks t
cross join lateral (
    select
        t.feitos + coalesce(sum(c.feitos), 0) as feitos,
        t.falhos + coalesce(sum(c.falhos), 0) as falhos,
        t.adiados + coalesce(sum(c.adiados), 0) as adiados,
        coalesce(t.iniciado_em, min(c.em)) as iniciado_em,
        max(c.em) as ultima
    from task_changes c
    where c.task_id = t.task_id
) n;

-- What GET /tasks/{task_id} answers. The end is expected if the rest takes as long for each item as those before.
create view task_answers as
select t.task_id, t.ordem, t.content_hash, t.status, json_build_object(
    'task_id', t.task_id,
    'status', t.status,
    'total', t.total,
    'feitos', t.feitos,
    'falhos', t.falhos,
    'adiados', t.adiados,
    'percentual', trunc(100.0 * (t.feitos + t.falhos) / t.total, 1),
    'criado_em', rfc3339(t.criado_em),
    'iniciado_em', rfc3339(t.iniciado_em),
    'terminado_em', rfc3339(t.terminado_em),
    'previsto_em', rfc3339(case
        when t.terminado_em is null and t.feitos + t.falhos > 0
        then now() + (now() - least(t.iniciado_em, now()))
            * ((t.total - t.feitos - t.falhos)::double precision / (t.feitos + t.falhos))
    end),
    'links', json_build_object(
        'self', '/tasks/' || t.task_id,
        'items', '/tasks/' || t.task_id || '/items'))::text as answer
from task_counts t;

grant select, insert, update on tasks to "${app_role}";
grant select, insert, delete on task_changes to "${app_role}";
grant select on task_counts, task_answers to "${app_role}";
