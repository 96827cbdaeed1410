-- The receivers of a lot: their locks, in the same order for every lot.
select pg_advisory_xact_lock(lock.key)
from (
    select distinct hashtextextended(recebedor_id, 0) as key
    from unnest(?::text[]) as asked (recebedor_id)
    order by key
    offset 0
) lock
