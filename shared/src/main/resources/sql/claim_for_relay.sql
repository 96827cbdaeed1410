-- What the broker should have got by now and perhaps has not. The claim is a lease: it is committed before anything is
-- published, no lock is held meanwhile, and a relay that dies leaves its claims to the next one when they run out.
-- Published twice is harmless (the turnstile takes care of it), never published is not.
-- A parked one is left alone: it was delivered, and whoever finishes the one before it goes on with it.
with due as (
    select pedido_id
    from pedidos
    where relay_at < now() and status in ('PENDING', 'RETRYING', 'DEAD_LETTERED') and not parked
    order by relay_at
    limit ?
    for update skip locked
), claimed as (
    update pedidos p
    set relay_at = now() + make_interval(secs => ?)
    from due
    where p.pedido_id = due.pedido_id
    returning p.pedido_id, p.ordem, p.tipo, p.recebedor_id, p.origem, p.status, p.motivo, p.ciclo, p.tentativas, p.payload
)
select
    c.pedido_id, c.ordem, c.tipo, c.recebedor_id, c.origem, c.status, c.motivo, c.ciclo, c.tentativas, c.payload::text,
    death.erro_classe, death.first_failure, death.last_failure
from claimed c
left join lateral (
    select
        max(e.payload ->> 'erro_classe') as erro_classe,
        to_char(min(e.occurred_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as first_failure,
        to_char(max(e.occurred_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as last_failure
    from operation_events e
    where e.external_id = c.pedido_id
      and e.event_type in ('RETRY_SCHEDULED', 'DEAD_LETTERED')
      and (e.payload ->> 'ciclo')::integer = c.ciclo
) death on c.status = 'DEAD_LETTERED'
