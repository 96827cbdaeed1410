-- Second of three: locks the rows in the order of sku, as workers do. It is a statement of its own: the third must see what the
-- transactions that this one waited for have committed.
select sku from estoque where sku = any(?::text[]) order by sku for update
