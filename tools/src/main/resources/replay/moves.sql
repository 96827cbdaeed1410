-- The stock that pedidos reserved and released. Only those of tipo pedido say it in their events; handlers of other tipos have rules of
-- their own.
select e.id, e.external_id as pedido_id, e.occurred_at, r.sku, e.sign * r.quantidade as quantidade
from (
    select
        id, external_id, occurred_at,
        case event_type when 'COMPLETED' then 1 else -1 end as sign,
        case event_type when 'COMPLETED' then payload -> 'resultado' else payload -> 'liberado' end as what
    from {events} of_them
    where event_type in ('COMPLETED', 'CANCELLED')
    offset 0
) e
cross join lateral (select tipo from {pedidos} known where known.pedido_id = e.external_id offset 0) p
cross join lateral jsonb_to_recordset(e.what -> 'reservas') as r (sku text, quantidade bigint)
where p.tipo = 'pedido'
