-- Marks a task that still has unfinished items as cancelled, under the lock of its row. Any other stays as it is.
update tasks t
set revogado_em = clock_timestamp(), status = 'REVOKED', terminado_em = null
where t.task_id = ? and t.revogado_em is null
  and exists (select from task_counts n where n.task_id = t.task_id and n.feitos + n.falhos < n.total)
