-- A beat from the future was made before the clock was put back: it says nothing about now, the lock of the name does.
create or replace view living_workers as
select *
from workers
where heartbeat_at > clock_timestamp() - interval '5 seconds'
    and case
        when heartbeat_at between clock_timestamp() - interval '1.2 seconds' and clock_timestamp() + interval '1.2 seconds' then true
        else worker_lives(worker_id)
    end;
