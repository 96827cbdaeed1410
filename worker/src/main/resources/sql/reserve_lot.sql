-- Takes from the stock for pedidos, and inserts their reservas. The rows are locked, and there is enough: also in the snapshot of this
-- statement, which is from after the lock. PostgreSQL checks constraints with the row of the snapshot first.
with taken as (
    update estoque e
    set disponivel = e.disponivel - item.quantidade, reservado = e.reservado + item.quantidade
    from unnest(?::text[], ?::bigint[]) as item (sku, quantidade)
    where e.sku = item.sku
)
insert into reservas (pedido_id, sku, quantidade)
select *
from unnest(?::text[], ?::text[], ?::bigint[])
