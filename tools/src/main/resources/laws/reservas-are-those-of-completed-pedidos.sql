-- A COMPLETED pedido of tipo pedido has a reserva for each of its itens; nothing else has any.
select format('%s reservas of %s pedidos', count(*), count(distinct pedido_id))
from judged_reservas;

with asked as (
    select p.pedido_id, i.sku, sum(i.quantidade) as quantidade
    from judged_pedidos p
    join judged_contents c using (pedido_id)
    cross join lateral jsonb_to_recordset(c.content -> 'itens') as i (sku text, quantidade bigint)
    where p.tipo = 'pedido' and p.status = 'COMPLETED'
    group by p.pedido_id, i.sku
)
select
    pedido_id,
    sku,
    coalesce((select status from judged_pedidos p where p.pedido_id = coalesce(a.pedido_id, r.pedido_id)), 'no row') as status,
    coalesce(a.quantidade, 0) as asked,
    coalesce(r.quantidade, 0) as reserved
from asked a
full join judged_reservas r using (pedido_id, sku)
where a.quantidade is distinct from r.quantidade
  -- The sums that are left of dropped months.
  and coalesce(r.pedido_id, '') not like 'mes/%'
  -- Other handlers may reserve too, by rules of their own.
  and not exists (
      select from judged_pedidos p
      where p.pedido_id = r.pedido_id and p.tipo <> 'pedido' and p.status = 'COMPLETED')
