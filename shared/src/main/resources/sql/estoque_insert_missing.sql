-- First of three: new skus begin at 0, so that the delta of the third statement is right for them too.
insert into estoque (sku, disponivel)
select sku, 0 from unnest(?::text[]) as g (sku) order by sku
on conflict do nothing
