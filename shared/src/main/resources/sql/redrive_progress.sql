select {sql/redrive_answer}::text
from redrives r
cross join lateral (select count(*) as feitos from redrive_items where redrive_id = r.id and done_at is not null) i
where r.id = ?
