-- The newest place of the ledger. Of each tipo and state the newest one is found at once, in the index of lists; the tipos and
-- states are found by jumping from one to the next.
with recursive present (tipo, status) as (
    (select p.tipo, p.status from pedidos p order by p.tipo, p.status limit 1)
    union all
    select next.tipo, next.status
    from present
    cross join lateral (
        select p.tipo, p.status
        from pedidos p
        where (p.tipo, p.status) > (present.tipo, present.status)
        order by p.tipo, p.status
        limit 1
    ) next
)
select greatest(
    (select ultima_ordem from arquivo),
    (select max(newest.ordem)
     from present
     cross join lateral (
         select p.ordem
         from pedidos p
         where p.tipo = present.tipo and p.status = present.status
         order by p.ordem desc, p.pedido_id desc
         limit 1
     ) newest),
    0)
