-- The stock that the month's pedidos hold of each sku. A month may return after it was dropped: a dead letter of that time was redriven.
insert into reservas_descartadas as known (mes, sku, quantidade)
select to_date('{mes}', 'YYYY_MM'), sku, sum(quantidade)
from reservas_arquivadas_{mes}
group by sku
on conflict (mes, sku) do update set quantidade = known.quantidade + excluded.quantidade
