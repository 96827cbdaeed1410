-- At no event was more reserved than had been set: all changes of a sku in the order in which they were made. Their
-- events are numbered while the sku's row is locked, so the number is that order.
select format('%s moves of stock', count(*))
from judged_events
where event_type in ('ESTOQUE_DEFINIDO', 'COMPLETED', 'CANCELLED');

-- Handlers of other tipos may call anything reservas: the offset leaves them out before it is read.
with of_pedidos as (
    select
        e.id,
        case e.event_type when 'COMPLETED' then -1 else 1 end as sign,
        case e.event_type when 'COMPLETED' then e.payload -> 'resultado' else e.payload -> 'liberado' end -> 'reservas' as reservas
    from judged_events e
    join judged_pedidos p on p.pedido_id = e.external_id and p.tipo = 'pedido'
    where e.event_type in ('COMPLETED', 'CANCELLED')
    offset 0
),
moves as (
    select e.id, substr(e.external_id, length('estoque:') + 1) as sku, (e.payload ->> 'delta')::bigint as change
    from judged_events e
    where e.event_type = 'ESTOQUE_DEFINIDO'
    union all
    select p.id, r.sku, p.sign * r.quantidade
    from of_pedidos p
    cross join lateral jsonb_to_recordset(p.reservas) as r (sku text, quantidade bigint)
)
select sku, id as at_event, disponivel
from (
    select sku, id, sum(change) over (partition by sku order by id) as disponivel
    from moves
) as levels
where disponivel < 0
