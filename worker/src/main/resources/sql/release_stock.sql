-- The stock that a pedido has reserved is available again. The rows of estoque are locked in the order of their skus, as for a reservation.
with locked as (
    select e.sku
    from estoque e
    where e.sku in (select sku from reservas where pedido_id = ?)
    order by e.sku
    for no key update
),
freed as (
    delete from reservas r
    using locked l
    where r.pedido_id = ? and r.sku = l.sku
    returning r.sku, r.quantidade
),
released as (
    update estoque e
    set disponivel = e.disponivel + f.quantidade, reservado = e.reservado - f.quantidade
    from freed f
    where e.sku = f.sku
)
select sku, quantidade
from freed
order by sku
