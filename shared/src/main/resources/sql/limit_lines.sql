-- The dependencies that pedidos wait for, found by jumping from one to the next in the index of the line, however long it is.
with recursive waited_for (dependencia) as (
    (select e.dependencia from esperas e order by e.dependencia limit 1)
    union all
    select next.dependencia
    from waited_for
    cross join lateral (
        select e.dependencia
        from esperas e
        where e.dependencia > waited_for.dependencia
        order by e.dependencia
        limit 1
    ) next
)
select dependencia from waited_for
