-- What was noted before another pedido of its recebedor came also takes effect before it.
-- "Before" is proven by the ledger: the first one's transaction had ended when the second one was noted (noted_in below
-- noted_after). Pedidos noted at the same time are not judged, nor those redriven (ciclo above 0), nor those accepted while
-- the database was away, whose place is that of their acceptance.
select format(
           '%s of %s pedidos came after another of their recebedor, %s recebedores',
           count(*) filter (where first_noted_in < noted_after), count(*), count(distinct recebedor_id))
from (
    select recebedor_id, noted_after, min(noted_in) over (partition by recebedor_id) as first_noted_in
    from pedidos
    where ciclo = 0 and not unnoted
) as pedidos_and_forerunners;

-- One pass in the reverse order of effects: the frame always begins at the first row, so its minimum is kept and not
-- computed anew for each row. An unfinished pedido takes effect after all others.
with effects as (
    select p.recebedor_id, p.pedido_id, p.noted_in, p.noted_after, coalesce(e.id, 9223372036854775807) as effect
    from pedidos p
    left join operation_events e on e.external_id = p.pedido_id and e.event_type in ('COMPLETED', 'REJECTED')
    where p.ciclo = 0
      and not p.unnoted
      and (e.id is not null or p.status in ('PENDING', 'PROCESSING', 'RETRYING'))
),
overtaken as (
    select
        *,
        min(noted_in) over (
            partition by recebedor_id
            order by effect desc
            rows between unbounded preceding and 1 preceding
        ) as earliest_of_the_later
    from effects
)
select
    o.recebedor_id,
    o.pedido_id as took_effect,
    (select min(p.pedido_id)
     from pedidos p
     where p.recebedor_id = o.recebedor_id and p.noted_in = o.earliest_of_the_later) as before_its_elder
from overtaken o
where o.earliest_of_the_later < o.noted_after and o.effect < 9223372036854775807
