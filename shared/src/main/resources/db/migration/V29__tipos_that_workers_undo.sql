-- The tipos whose completed pedidos a worker can undo. While a version whose handler can is rolled out, a worker whose handler cannot
-- leaves cancellations to one that can. Workers of earlier versions say none.
alter table workers add column desfaz text[] not null default '{}';

-- With the new column.
create or replace view living_workers as
select *
from workers
where heartbeat_at > clock_timestamp() - interval '5 seconds'
    and case
        when heartbeat_at between clock_timestamp() - interval '1.2 seconds' and clock_timestamp() + interval '1.2 seconds' then true
        else worker_lives(worker_id)
    end;
