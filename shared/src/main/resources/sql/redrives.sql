-- The redrives that run, then the newest others.
select coalesce(json_agg({sql/redrive_answer} order by r.finished is null desc, r.created desc), '[]')::text
from (select * from redrives order by finished is null desc, created desc limit ?) r
cross join lateral (select count(*) as left_over from redrive_items where redrive_id = r.id and done_at is null) i
