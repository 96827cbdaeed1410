-- The sums that were put aside, added up. The offset: what handlers of other tipos call reservas may be anything.
insert into replay.reservas (pedido_id, sku, quantidade)
select m.pedido_id, r.sku, sum(m.sign * r.quantidade)
from (
    select m.pedido_id, m.sign, m.reservas
    from replay.moves m
    join replay.pedidos p using (pedido_id)
    where p.tipo = 'pedido'
    offset 0
) m
cross join lateral jsonb_to_recordset(m.reservas) as r (sku text, quantidade bigint)
group by m.pedido_id, r.sku
