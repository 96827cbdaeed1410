-- Stock that is not as the events give it. The stock that handlers with rules of their own have reserved is taken from their reservations,
-- and what the pedidos of dropped months hold from the sums that are left of them (mes/...).
with others as (
    select l.sku, sum(l.quantidade) as quantidade
    from replay.stored_reservas l
    where not exists (select from replay.reservas r where r.pedido_id = l.pedido_id and r.sku = l.sku)
      and (l.pedido_id like 'mes/%'
          or exists (select from replay.stored_pedidos p where p.pedido_id = l.pedido_id and p.tipo <> 'pedido'))
    group by l.sku
)
select
    coalesce(r.sku, e.sku) as id,
    case
        when e.sku is null then 'has no row'
        when r.sku is null then 'has no event'
        else format('disponivel %s, reservado %s; the events give %s and %s', e.disponivel, e.reservado,
            r.disponivel - coalesce(o.quantidade, 0), r.reservado + coalesce(o.quantidade, 0))
    end as what
from replay.estoque r
full join estoque e on e.sku = r.sku
left join others o on o.sku = r.sku
where (e.disponivel, e.reservado) is distinct from (r.disponivel - coalesce(o.quantidade, 0), r.reservado + coalesce(o.quantidade, 0))
