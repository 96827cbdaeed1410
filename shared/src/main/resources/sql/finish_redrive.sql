update redrives r
set finished = clock_timestamp()
where id = ?
  and finished is null
  and not exists (select from redrive_items where redrive_id = r.id and done_at is null)
