-- Reservations that are not as the events give them, but for those of handlers with rules of their own.
select
    coalesce(r.pedido_id, l.pedido_id) as id,
    format('sku %s: %s, the events give %s', coalesce(r.sku, l.sku), coalesce(l.quantidade, 0), coalesce(r.quantidade, 0)) as what
from {rebuilt} r
full join {stored} l on l.pedido_id = r.pedido_id and l.sku = r.sku
where coalesce(r.quantidade, 0) <> coalesce(l.quantidade, 0)
  -- The sums that are left of dropped months.
  and coalesce(l.pedido_id, '') not like 'mes/%'
  and not exists (select from replay.stored_pedidos p where p.pedido_id = l.pedido_id and p.tipo <> 'pedido')
