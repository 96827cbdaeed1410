delete from workers where heartbeat_at < clock_timestamp() - interval '10 minutes'
