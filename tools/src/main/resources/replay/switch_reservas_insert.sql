insert into reservas (pedido_id, sku, quantidade)
select pedido_id, sku, sum(quantidade)
from ({moves}) move
group by pedido_id, sku
having sum(quantidade) > 0
