-- A parked pedido that is the first unfinished one of its recebedor does not stay parked.
-- There is a moment between the end of one and the beginning of the next, but not a minute. Behind a dead letter that holds the
-- recebedor it waits for an operator.
select format('%s unfinished, %s of them parked', count(*), count(*) filter (where parked))
from unfinished;

-- pedidos.as_of: the moment to judge by; for a stopped system the time of its last event.
with judged as (
    select coalesce(nullif(current_setting('pedidos.as_of', true), ''), now()::text)::timestamptz as as_of
)
select h.recebedor_id, h.pedido_id, h.atualizado_em, before_it.finished_at as one_before_finished_at
from judged, heads h
cross join lateral (
    select max(p.atualizado_em) as finished_at
    from all_pedidos p
    where p.recebedor_id = h.recebedor_id and p.status not in ('PENDING', 'PROCESSING', 'RETRYING')
) as before_it
where h.parked
  -- Few are left after this; the pedidos before them need not be read for the others.
  and h.atualizado_em < as_of - interval '1 minute'
  and greatest(h.atualizado_em, before_it.finished_at) < as_of - interval '1 minute'
  and (h.relay_at is null or h.relay_at < as_of - interval '1 minute' or h.relay_at = only_as_head())
