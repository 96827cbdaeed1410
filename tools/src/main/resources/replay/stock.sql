-- The events of a window move stock: set by hand, reserved, released.
with move as materialized (
    {moves}
), kept as (
    insert into replay.reservas as r (pedido_id, sku, quantidade)
    select pedido_id, sku, sum(quantidade) from move group by pedido_id, sku
    on conflict (pedido_id, sku) do update set quantidade = r.quantidade + excluded.quantidade
)
insert into replay.estoque as s (sku, disponivel, reservado)
select sku, sum(disponivel), sum(reservado)
from (
    select sku, -quantidade as disponivel, quantidade as reservado from move
    union all
    select substr(e.external_id, length('estoque:') + 1), (e.payload ->> 'delta')::bigint, 0
    from {events} e
    where e.event_type = 'ESTOQUE_DEFINIDO'
) changes
group by sku
on conflict (sku) do update set disponivel = s.disponivel + excluded.disponivel, reservado = s.reservado + excluded.reservado
