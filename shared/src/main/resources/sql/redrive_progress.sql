select {sql/redrive_answer}::text
from redrives r
cross join lateral (select count(*) as left_over from redrive_items where redrive_id = r.id and done_at is null) i
where r.id = ?
