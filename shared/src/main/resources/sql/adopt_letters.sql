-- Dead letters that a worker of version 0.1.0 has recorded while an upgrade replaces it: their failure is in the event alone. At most
-- the given number; rows that others have locked are left for the next time.
with found as (
    select pedido_id
    from pedidos p
    where status = 'DEAD_LETTERED' and ultima_falha_em is null
      and exists (select from operation_events where external_id = p.pedido_id and event_type = 'DEAD_LETTERED')
    order by pedido_id
    limit ?
    for update skip locked
)
update pedidos p
set erro_classe = coalesce(death.payload ->> 'erro_classe', 'unknown'),
    erro_mensagem = death.payload ->> 'erro_mensagem',
    primeira_falha_em = coalesce(p.primeira_falha_em, death.occurred_at),
    ultima_falha_em = death.occurred_at,
    -- That version knew no such mark: it took the time of the relay away when the broker had confirmed the letter.
    published = p.published or p.relay_at is null
from found
cross join lateral (
    select payload, occurred_at
    from operation_events
    where external_id = found.pedido_id and event_type = 'DEAD_LETTERED'
    order by id desc
    limit 1
) death
where p.pedido_id = found.pedido_id
