select
    greatest(f.shards, f.draining) as shards,
    (select count(*) from workers where heartbeat_at > clock_timestamp() - ? * interval '1 millisecond') as workers,
    (select count(*) from pedidos where in_line and parked) as parked
from fleet f
