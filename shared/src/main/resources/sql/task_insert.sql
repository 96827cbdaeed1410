-- A new task; no row if its id is known.
insert into tasks (task_id, ordem, content_hash, total, callback_url)
values (?, (extract(epoch from clock_timestamp()) * 1000000)::bigint, ?, ?, ?)
on conflict (task_id) do nothing
returning task_id
