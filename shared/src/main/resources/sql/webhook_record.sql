-- The results of attempts. An answer that came after the lease, while another attempt was begun, counts only if it was yes. One
-- that failed is tried again after its wait, unless its time is over.
-- It is planned by the ids (decision 0061).
update webhooks w
set status = next.status,
    terminado_em = case when next.status <> 'PENDING' then clock_timestamp() end,
    proxima_em = case
        when next.status = 'PENDING' then clock_timestamp() + make_interval(secs => given.wait_ms / 1000.0)
        else w.proxima_em
    end,
    http_status = given.http_status, resposta = given.resposta, erro = given.erro, duracao_ms = given.duracao_ms
from unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::integer[])
    as given (webhook_id, ciclo, tentativas, ending, wait_ms, http_status, resposta, erro, duracao_ms)
join webhooks before using (webhook_id)
cross join lateral (
    select case
        when given.ending <> 'PENDING' then given.ending
        when clock_timestamp() + make_interval(secs => given.wait_ms / 1000.0) > before.desde + make_interval(secs => ?)
            then 'FAILED'
        else 'PENDING'
    end as status
) next
where w.webhook_id = given.webhook_id
  and w.status || '' = 'PENDING'
  and w.ciclo = given.ciclo
  and (w.tentativas = given.tentativas or given.ending = 'DELIVERED')
returning w.webhook_id, w.status
