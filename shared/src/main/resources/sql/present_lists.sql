-- The tipos and states that have pedidos, found by jumping from one to the next in the index of lists.
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
