-- A page of tasks, newest first. It merges one page of each wanted state, as of the last fold.
select page.ordem, page.task_id, a.answer
from (
    select place.ordem, place.task_id
    from unnest(:states::text[]) states (status)
    cross join lateral (
        select t.ordem, t.task_id
        from tasks t
        where t.status = states.status
          and (t.ordem, t.task_id) < (:ordem::bigint, :task_id::text)
        order by t.ordem desc, t.task_id desc
        limit :rows
    ) place
    order by place.ordem desc, place.task_id desc
    limit :rows
) page
join task_answers a using (task_id)
order by page.ordem desc, page.task_id desc
