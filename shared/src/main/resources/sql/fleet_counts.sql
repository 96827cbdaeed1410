select
    greatest(f.shards, f.draining) as shards,
    (select count(*) from living_workers) as workers,
    (select count(*) from (select from pedidos where in_line and parked limit ?) parked) as parked
from fleet f
