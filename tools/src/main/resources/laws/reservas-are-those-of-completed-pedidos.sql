-- A COMPLETED pedido of tipo pedido has a reserva for each of its itens; nothing else has any.
select format('%s reservas of %s pedidos', count(*), count(distinct pedido_id))
from reservas;

with asked as (
    select p.pedido_id, i.sku, sum(i.quantidade) as quantidade
    from pedidos p
    left join operation_events a on a.external_id = p.pedido_id and a.event_type = 'ACCEPTED'
    cross join lateral jsonb_to_recordset(coalesce(p.payload, a.conteudo) -> 'itens') as i (sku text, quantidade bigint)
    where p.tipo = 'pedido' and p.status = 'COMPLETED'
    group by p.pedido_id, i.sku
)
select
    pedido_id,
    sku,
    coalesce((select status from pedidos p where p.pedido_id = coalesce(a.pedido_id, r.pedido_id)), 'no row') as status,
    coalesce(a.quantidade, 0) as asked,
    coalesce(r.quantidade, 0) as reserved
from asked a
full join reservas r using (pedido_id, sku)
where a.quantidade is distinct from r.quantidade
  -- Other handlers may reserve too, by rules of their own.
  and not exists (
      select from pedidos p
      where p.pedido_id = r.pedido_id and p.tipo <> 'pedido' and p.status = 'COMPLETED')
