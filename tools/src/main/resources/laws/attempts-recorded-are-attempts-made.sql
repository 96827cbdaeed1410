-- Each attempt of the present ciclo is an event of its own, numbered from 1; a postponement is none.
select format('%s attempts of %s pedidos', coalesce(sum(tentativas), 0), count(*) filter (where tentativas > 0))
from judged_pedidos;

with recorded as (
    select
        e.external_id as pedido_id,
        (e.payload ->> 'ciclo')::integer as ciclo,
        count(distinct e.payload ->> 'tentativa') filter (where (e.payload ->> 'tentativa')::integer > 0) as attempts
    from judged_events e
    where e.event_type in ('RETRY_SCHEDULED', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED')
    group by e.external_id, ciclo
)
select p.pedido_id, p.status, p.ciclo, p.tentativas, coalesce(r.attempts, 0) as recorded
from judged_pedidos p
left join recorded r using (pedido_id, ciclo)
where p.tentativas <> coalesce(r.attempts, 0)
