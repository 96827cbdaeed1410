-- lock_lot.sql, but each lock is waited for a tenth of a second only. The rest of the transaction has the usual bound.
select set_config('lock_timeout', '100ms', true),
       pg_advisory_xact_lock(lock.key),
       set_config('lock_timeout', lock.usual_bound, true)
from (
    select asked.key, current_setting('lock_timeout') as usual_bound
    from (
        select distinct hashtextextended(recebedor_id, 0) as key
        from unnest(?::text[]) as names (recebedor_id)
    ) asked
    order by asked.key
    offset 0
) lock
