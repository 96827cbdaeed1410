-- The endpoints that something is due for, some of them: those after the last one of the look before. Each is found with one
-- probe, however many webhooks one of them has. statement_timestamp(), which an index can be searched with. A time beyond the longest
-- wait was set before the clock was set back: that webhook is due, too.
with recursive pending as (
    (select w.endpoint, 1 as n
     from webhooks w
     where w.status = 'PENDING' and w.endpoint > ?
     order by w.endpoint
     limit 1)
    union all
    select (
        select w.endpoint
        from webhooks w
        where w.status = 'PENDING' and w.endpoint > pending.endpoint
        order by w.endpoint
        limit 1), pending.n + 1
    from pending
    where pending.endpoint is not null and pending.n < ?
)
select pending.endpoint, exists (
    select
    from webhooks w
    where w.status = 'PENDING' and w.endpoint = pending.endpoint and w.proxima_em <= statement_timestamp()) or exists (
    select
    from webhooks w
    where w.status = 'PENDING' and w.endpoint = pending.endpoint
      and w.proxima_em > statement_timestamp() + make_interval(secs => ?)) as due
from pending
where pending.endpoint is not null
order by pending.endpoint
