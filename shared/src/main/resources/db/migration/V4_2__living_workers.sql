-- A process holds the lock of its own name while it lives: who gets it meets the name of a dead one.
create function worker_lives(worker_id text) returns boolean language sql as $$
    select not pg_try_advisory_xact_lock_shared(hashtextextended(worker_id, 1))
$$;

-- Who counts as alive: one that was heard of lately. After two missed beats the lock of its name tells sooner than its silence:
-- a process that has ended lost it at once, one that is frozen or cannot speak still has it.
create view living_workers as
select *
from workers
where heartbeat_at > clock_timestamp() - interval '5 seconds'
    and case
        when heartbeat_at > clock_timestamp() - interval '1.2 seconds' then true
        else worker_lives(worker_id)
    end;

grant select on living_workers to "${app_role}";
