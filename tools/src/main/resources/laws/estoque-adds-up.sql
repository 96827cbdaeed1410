-- For each sku: stock set (the sum of its deltas) = disponivel + reservado, and reservado = the sum of its reservas.
select format(
           '%s skus, %s set = %s disponivel + %s reservado',
           count(*),
           (select coalesce(sum((payload ->> 'delta')::bigint), 0)
            from judged_events
            where event_type = 'ESTOQUE_DEFINIDO'),
           coalesce(sum(disponivel), 0),
           coalesce(sum(reservado), 0))
from judged_estoque;

with stock_set as (
    select substr(external_id, length('estoque:') + 1) as sku, sum((payload ->> 'delta')::bigint) as quantidade
    from judged_events
    where event_type = 'ESTOQUE_DEFINIDO'
    group by external_id
),
reserved as (
    select sku, sum(quantidade) as quantidade
    from judged_reservas
    group by sku
)
select
    sku,
    coalesce(s.quantidade, 0) as set,
    e.disponivel,
    e.reservado,
    coalesce(r.quantidade, 0) as reservas
from judged_estoque e
full join stock_set s using (sku)
full join reserved r using (sku)
where e.disponivel is null
   or e.disponivel < 0
   or e.disponivel + e.reservado <> coalesce(s.quantidade, 0)
   or e.reservado <> coalesce(r.quantidade, 0)
