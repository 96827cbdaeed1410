-- One item, if there is enough of it. The items of a pedido are sent together, in the order of their skus, and each is reserved only
-- if the one before it was: no stock row is locked before one with a lower sku, so no two pedidos deadlock.
with taken as (
    update estoque
    set disponivel = disponivel - item.quantidade, reservado = reservado + item.quantidade
    from (select ?::bigint as quantidade) item
    where sku = ?
        and disponivel >= item.quantidade
        and (? or exists (select from reservas r where r.pedido_id = ? and r.sku = ?))
    returning sku, item.quantidade
)
insert into reservas (pedido_id, sku, quantidade)
select ?, sku, quantidade
from taken
