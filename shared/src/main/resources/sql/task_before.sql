-- A task that was accepted before, and whether its content is the same.
select content_hash = ? as same, answer from task_answers where task_id = ?
