-- The next few pedidos of the redrive that has waited longest: in its order, and those that were put off after all others. A claim
-- moves next_at, so that all instances together keep the rate. Claims of an instance that dies are not done, and are claimed
-- again. A time further ahead than any program sets one was set before the clock was put back, and is due.
with due as (
    select id
    from redrives
    where finished is null and next_at not between clock_timestamp() and clock_timestamp() + interval '2 seconds'
    order by next_at
    limit 1
    for update skip locked
), claimed as (
    update redrives r
    set next_at = clock_timestamp() + make_interval(secs => few.size / r.por_segundo::double precision)
    from due
    join redrives rate using (id)
    cross join lateral (select greatest(1, rate.por_segundo / 10) as size) few
    where r.id = due.id
    returning r.id, r.por, few.size
)
select c.id, c.por, i.place, i.pedido_id, i.ciclo,
    coalesce((select recebedor_id from pedidos p where p.pedido_id = i.pedido_id), '') as recebedor_id
from claimed c
left join lateral (
    select place, pedido_id, ciclo
    from (
        select place, pedido_id, ciclo, look_at
        from redrive_items
        where redrive_id = c.id and done_at is null
            and look_at not between clock_timestamp() and clock_timestamp() + interval '10 seconds'
        order by look_at, place
        -- The planner is to know that there are few. No rate takes more.
        limit 100
    ) next
    order by look_at, place
    limit c.size
) i on true
