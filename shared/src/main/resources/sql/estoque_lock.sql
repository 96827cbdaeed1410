-- Second of three: the rows in the order of sku, as the workers lock them. A statement of its own: the third must see what
-- was committed by those that this one waited for.
select sku from estoque where sku = any(?::text[]) order by sku for update
