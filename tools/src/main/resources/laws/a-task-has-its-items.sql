-- A task has exactly its items, and its counts are those of its items.
select format('%s tasks of %s items', count(*), coalesce(sum(total), 0))
from judged_tasks;

with found as (
    select
        task_id,
        count(status) as items,
        count(*) filter (where status in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DISCARDED')) as feitos,
        count(*) filter (where status = 'DEAD_LETTERED') as falhos,
        count(*) filter (where status = 'RETRYING') as adiados
    from judged_task_items
    group by task_id
)
select
    t.task_id, t.total, f.items,
    t.feitos, f.feitos as items_feitos,
    t.falhos, f.falhos as items_falhos,
    t.adiados, f.adiados as items_adiados
from judged_tasks t
left join found f using (task_id)
where f.items is distinct from t.total::bigint
   or f.feitos is distinct from t.feitos
   or f.falhos is distinct from t.falhos
   or f.adiados is distinct from t.adiados
