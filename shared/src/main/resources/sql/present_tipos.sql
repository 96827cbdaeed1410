-- The tipos in the table, found by jumping from one to the next. {of_recebedor}: a condition, or nothing.
present (tipo) as (
    (select p.tipo from pedidos p where true {of_recebedor} order by p.tipo limit 1)
    union all
    select next.tipo
    from present
    cross join lateral (
        select p.tipo from pedidos p where p.tipo > present.tipo {of_recebedor} order by p.tipo limit 1
    ) next
)
