-- What the broker should have got by now and perhaps has not. The claim is a lease: it is committed before anything is
-- published, no lock is held meanwhile, and a relay that dies leaves its claims to the next one when they run out.
-- Published twice is harmless (the turnstile takes care of it), never published is not.
with due as (
    select pedido_id
    from pedidos
    where relay_at < now() and status in ('PENDING', 'RETRYING') and not parked
    order by relay_at
    limit ?
    for update skip locked
)
update pedidos p
set relay_at = now() + make_interval(secs => ?)
from due
where p.pedido_id = due.pedido_id
returning p.pedido_id, p.ordem, p.tipo, p.recebedor_id, p.origem, p.status, p.ciclo, p.tentativas, p.payload::text
