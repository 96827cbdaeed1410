-- At no event was more reserved than had been set: all changes of a sku in the order in which they were made. Their
-- events are numbered while the sku's row is locked, so the number is that order.
select format('%s moves of stock', count(*))
from judged_events
where event_type in ('ESTOQUE_DEFINIDO', 'COMPLETED', 'CANCELLED');

with moves as (
    select e.id, substr(e.external_id, length('estoque:') + 1) as sku, (e.payload ->> 'delta')::bigint as change
    from judged_events e
    where e.event_type = 'ESTOQUE_DEFINIDO'
    union all
    select e.id, r.sku, -r.quantidade
    from judged_events e
    join judged_pedidos p on p.pedido_id = e.external_id and p.tipo = 'pedido'
    cross join lateral jsonb_to_recordset(e.payload -> 'resultado' -> 'reservas') as r (sku text, quantidade bigint)
    where e.event_type = 'COMPLETED'
    union all
    select e.id, r.sku, r.quantidade
    from judged_events e
    join judged_pedidos p on p.pedido_id = e.external_id and p.tipo = 'pedido'
    cross join lateral jsonb_to_recordset(e.payload -> 'liberado' -> 'reservas') as r (sku text, quantidade bigint)
    where e.event_type = 'CANCELLED'
)
select sku, id as at_event, disponivel
from (
    select sku, id, sum(change) over (partition by sku order by id) as disponivel
    from moves
) as levels
where disponivel < 0
