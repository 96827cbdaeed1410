-- The tipos that a worker has handlers for. While a new version or a plugin is rolled out, a worker without a handler leaves its
-- pedidos to a worker that has one. Workers of earlier versions say none.
alter table workers add column tipos text[] not null default '{}';

-- With the new column.
create or replace view living_workers as
select *
from workers
where heartbeat_at > clock_timestamp() - interval '5 seconds'
    and case
        when heartbeat_at between clock_timestamp() - interval '1.2 seconds' and clock_timestamp() + interval '1.2 seconds' then true
        else worker_lives(worker_id)
    end;
