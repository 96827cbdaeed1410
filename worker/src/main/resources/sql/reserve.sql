-- Every item or none. Every pedido locks the stock rows in the order of their skus, so no two deadlock.
-- What the lock returns is the newest state, also where another pedido committed while this one waited. The new values are
-- computed from it: PostgreSQL checks constraints with the row as the statement's snapshot has it first, and that row may
-- have had too little stock.
-- Rows come back only for what is missing.
with itens as (
    select *
    from unnest(?::text[], ?::bigint[]) as item (sku, quantidade)
),
locked as (
    select e.sku, e.disponivel, e.reservado
    from estoque e
    where e.sku = any (?::text[])
    order by e.sku
    for no key update
),
missing as (
    select i.sku, i.quantidade, l.disponivel
    from itens i
    left join locked l on l.sku = i.sku
    where l.disponivel is null or l.disponivel < i.quantidade
),
reserved as (
    update estoque e
    set disponivel = l.disponivel - i.quantidade, reservado = l.reservado + i.quantidade
    from itens i
    join locked l using (sku)
    where e.sku = i.sku and not exists (select from missing)
),
recorded as (
    insert into reservas (pedido_id, sku, quantidade)
    select ?, i.sku, i.quantidade
    from itens i
    where not exists (select from missing)
)
select sku, quantidade, disponivel
from missing
order by sku
