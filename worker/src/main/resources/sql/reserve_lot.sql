-- What a lot takes from the stock, and its reservas. The rows are locked, and there is enough.
with taken as (
    update estoque e
    set disponivel = e.disponivel - item.quantidade, reservado = e.reservado + item.quantidade
    from unnest(?::text[], ?::bigint[]) as item (sku, quantidade)
    where e.sku = item.sku
)
insert into reservas (pedido_id, sku, quantidade)
select *
from unnest(?::text[], ?::text[], ?::bigint[])
