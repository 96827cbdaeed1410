-- The oldest changes of tasks: their tasks' rows, locked. Rows that another API has in hand are left to it.
select t.task_id
from tasks t
where t.task_id in (
    select c.task_id from (select task_id from task_changes order by id limit ?) c
)
order by t.task_id
for no key update skip locked
