-- Gives up what waited too long, because its endpoint failed all others. One without an attempt has twice the time: the system itself
-- may have been stopped.
with most as (
    select make_interval(secs => ?) as wait
), late as (
    select w.webhook_id
    from webhooks w, most
    where w.status = 'PENDING' and w.terminado_em is null and w.desde < statement_timestamp() - most.wait
      and (w.tentativas > 0 or w.desde < statement_timestamp() - 2 * most.wait)
      and w.proxima_em <= statement_timestamp()
    order by w.desde
    limit ?
    for update of w skip locked
)
update webhooks w
set status = 'FAILED', terminado_em = clock_timestamp()
from late
where w.webhook_id = late.webhook_id
