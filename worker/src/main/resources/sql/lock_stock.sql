-- The stock of pedidos, locked in the order of the skus, so that no two deadlock. The lock returns the newest
-- state, also if another transaction committed meanwhile.
select e.sku, e.disponivel
from estoque e
where e.sku = any (?::text[])
order by e.sku
for no key update
