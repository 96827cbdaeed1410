-- Each time that a pedido with a callback_url is completed, rejected, given up or cancelled makes one webhook.
select format('%s webhooks of %s pedidos', count(w.pedido_id), count(distinct p.pedido_id))
from judged_pedidos p
left join judged_webhooks w using (pedido_id)
where p.callback_url is not null;

-- A webhook is deleted 30 days after its end, so older ends need none.
with judged_at as (
    select coalesce(nullif(current_setting('pedidos.as_of', true), ''), now()::text)::timestamptz as as_of
),
ends as (
    select 'pedido.' || lower(e.event_type) as tipo, p.pedido_id, count(*) as all_ends,
           count(*) filter (where e.occurred_at > as_of - interval '29 days') as new_ends
    from judged_at
    cross join judged_pedidos p
    join judged_events e on e.external_id = p.pedido_id
    where p.callback_url is not null
      and e.event_type in ('COMPLETED', 'REJECTED', 'DEAD_LETTERED', 'CANCELLED')
    group by 1, 2
),
told as (
    select tipo, pedido_id, count(*) as webhooks
    from judged_webhooks
    where pedido_id is not null
    group by 1, 2
)
select pedido_id, tipo, coalesce(all_ends, 0) as ends, coalesce(webhooks, 0) as webhooks
from ends
full join told using (pedido_id, tipo)
where coalesce(webhooks, 0) not between coalesce(new_ends, 0) and coalesce(all_ends, 0)
  -- Its webhooks may still be there.
  and not exists (select from dropped where dropped.pedido_id = told.pedido_id)
