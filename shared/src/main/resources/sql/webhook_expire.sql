-- Gives up what waited too long for a further attempt, because its endpoint failed all others. Each has one attempt at least: the
-- system itself may have been stopped.
with late as (
    select w.webhook_id
    from webhooks w
    where w.status = 'PENDING' and w.tentativas > 0 and w.proxima_em <= statement_timestamp()
      and w.desde < statement_timestamp() - make_interval(secs => ?)
    limit ?
    for update skip locked
)
update webhooks w
set status = 'FAILED', terminado_em = clock_timestamp()
from late
where w.webhook_id = late.webhook_id
