-- The shards to work on, including those that are being drained, and the living workers.
select greatest(f.shards, f.draining) as shards, w.worker_id, w.shards_active, w.subscriptions
from fleet f
left join living_workers w on true
order by w.worker_id
