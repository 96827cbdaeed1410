-- Begins attempts: of each of these endpoints at most so many, and of all together not more bytes than there is room for (but
-- always one). The lease ends after the attempt must have ended: if this worker dies, another one begins the next attempt then.
-- webhook_endpoints.sql tells when a webhook is due.
with beyond as (
    select statement_timestamp() + make_interval(secs => ?) as longest
), candidate as (
    select c.webhook_id, c.proxima_em, c.bytes
    from unnest(?::text[], ?::integer[]) as wanted (endpoint, most), beyond
    cross join lateral (
        (select w.webhook_id, w.proxima_em, octet_length(w.corpo) as bytes
         from webhooks w
         where w.status = 'PENDING' and w.endpoint = wanted.endpoint and w.proxima_em <= statement_timestamp()
         order by w.proxima_em
         limit wanted.most)
        union all
        (select w.webhook_id, w.proxima_em, octet_length(w.corpo) as bytes
         from webhooks w
         where w.status = 'PENDING' and w.endpoint = wanted.endpoint and w.proxima_em > beyond.longest
         order by w.proxima_em
         limit wanted.most)
        limit wanted.most
    ) c
), fitting as (
    select s.webhook_id
    from (
        select webhook_id, bytes, sum(bytes) over (order by proxima_em, webhook_id) as so_far
        from candidate
    ) s
    where s.so_far <= ? or s.so_far = s.bytes
), claimed as (
    select w.webhook_id
    from fitting
    join webhooks w using (webhook_id), beyond
    -- By the ids (decision 0061).
    where w.status || '' = 'PENDING'
      and (w.proxima_em + interval '0' <= statement_timestamp() or w.proxima_em + interval '0' > beyond.longest)
    order by w.webhook_id
    for update of w skip locked
)
update webhooks w
set tentativas = w.tentativas + 1, proxima_em = clock_timestamp() + make_interval(secs => ?)
from claimed
where w.webhook_id = claimed.webhook_id
returning w.webhook_id, w.ciclo, w.tentativas, w.endpoint, w.url, w.corpo,
    floor(extract(epoch from clock_timestamp()))::bigint as agora
