-- The living workers, and the backlog of the shards. Waiting pedidos are counted up to a bound. Only the broker knows
-- how many messages are in each queue: they are a parameter, by shard.
with live as materialized (
    select * from living_workers
),
active as (
    select distinct on (a.shard) a.shard, live.worker_id, a.in_hand
    from live cross join unnest(shards_active, in_hand) a (shard, in_hand)
    order by a.shard, live.worker_id
)
select json_build_object(
    'workers', (
        select coalesce(json_agg(json_build_object(
            'worker_id', worker_id,
            'host', host,
            'pid', pid,
            'version', version,
            'started_at', rfc3339(started_at),
            'heartbeat_at', rfc3339(heartbeat_at),
            'shards_active', shards_active,
            'shards_standby', shards_standby,
            'per_second', round(per_second::numeric, 1)
        ) order by started_at, worker_id), '[]')
        from live
    ),
    'shards', (
        select coalesce(json_agg(json_build_object(
            'shard', s.shard,
            'owner', active.worker_id,
            'backlog', b.backlog,
            'oldest_unfinished_at', rfc3339(p.aceito_em)
        ) order by s.shard), '[]')
        from fleet f
        cross join generate_series(0, greatest(f.shards, f.draining) - 1) s (shard)
        left join active using (shard)
        left join unnest(?::integer[]) with ordinality b (backlog, place) on b.place = s.shard + 1
        left join pedidos p on p.pedido_id = active.in_hand
    ),
    'parked', (
        select count(*) from (select from pedidos where in_line and parked limit bound.most) parked
    ),
    'retidos', (
        select count(distinct recebedor_id)
        from (select recebedor_id from pedidos where held order by recebedor_id limit bound.most) held
    )
)::text as answer
from (select ?::bigint as most) bound
