insert into workers as w (worker_id, host, pid, version, shards_active, subscriptions, in_hand, shards_standby, per_second, tipos, desfaz)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (worker_id) do update set
    heartbeat_at = clock_timestamp(),
    shards_active = excluded.shards_active,
    subscriptions = excluded.subscriptions,
    in_hand = excluded.in_hand,
    shards_standby = excluded.shards_standby,
    per_second = excluded.per_second
returning (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros
