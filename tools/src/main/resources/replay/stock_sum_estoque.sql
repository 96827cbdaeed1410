insert into replay.estoque (sku, disponivel, reservado)
select sku, sum(disponivel), sum(reservado)
from (
    select sku, delta as disponivel, 0 as reservado from replay.stock_set
    union all
    select sku, -quantidade, quantidade from replay.reservas
) changes
group by sku
