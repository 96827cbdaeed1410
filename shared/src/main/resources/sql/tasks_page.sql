-- A page of tasks, newest first. It merges one page of each wanted state, as of the last fold, and the tasks that are in one of these
-- states since then: these have changes that are not folded yet. They are found by jumping from one to the next.
with recursive changed (task_id) as (
    (select c.task_id from task_changes c order by c.task_id limit 1)
    union all
    select next.task_id
    from changed
    cross join lateral (
        select c.task_id from task_changes c where c.task_id > changed.task_id order by c.task_id limit 1
    ) next
)
select page.ordem, page.task_id, a.answer
from (
    select place.ordem, place.task_id
    from unnest(:states::text[]) states (status)
    cross join lateral (
        select t.ordem, t.task_id
        from tasks t
        where t.status = states.status
          and (t.ordem, t.task_id) < (:ordem::bigint, :task_id::text)
          and (select n.status from task_counts n where n.task_id = t.task_id) = any (:states::text[])
        order by t.ordem desc, t.task_id desc
        limit :rows
    ) place
    union all
    select t.ordem, t.task_id
    from changed
    join tasks t using (task_id)
    where t.status <> all (:states::text[])
      and (t.ordem, t.task_id) < (:ordem::bigint, :task_id::text)
      and (select n.status from task_counts n where n.task_id = t.task_id) = any (:states::text[])
    order by ordem desc, task_id desc
    limit :rows
) page
join task_answers a using (task_id)
order by page.ordem desc, page.task_id desc
