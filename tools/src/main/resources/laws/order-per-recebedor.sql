-- A pedido that was inserted before another one of its recebedor arrived also takes effect before it. The ledger proves
-- "before": the first one's transaction had ended when the second one was inserted (noted_in below noted_after). Not
-- judged: pedidos inserted at the same time, redriven ones (ciclo above 0), and tipos without order. A pedido accepted
-- while the database was down has the place of its acceptance: of the pedidos that were there when it was inserted, or
-- were inserted with it, those with an earlier place take effect before it. Transaction numbers compare within one
-- cluster only. Pedidos of a restored ledger (noted_by is another one) are judged among themselves, and all of them were
-- there before the first pedido that was inserted here. A row that a replay made again (noted_by is 0) has no such numbers.
select format(
           '%s of %s pedidos came after another of their recebedor, %s recebedores%s%s',
           count(*) filter (where first_noted_in < noted_after), count(*), count(distinct recebedor_id),
           case when count(*) filter (where elsewhere) > 0
               then format('; %s were inserted in another cluster, before the ledger was restored here: judged among themselves, and before those inserted here',
                   count(*) filter (where elsewhere))
           end,
           case when count(*) filter (where noted_by = 0) > 0
               then format('; %s rows were made again by a replay: not judged', count(*) filter (where noted_by = 0))
           end)
from (
    select
        recebedor_id,
        noted_after,
        noted_by,
        min(noted_in) over (partition by noted_by, recebedor_id) as first_noted_in,
        noted_by not in (0, (select system_identifier from pg_control_system())) as elsewhere
    from judged_effects
    where ciclo = 0 and ordered
) as pedidos_and_forerunners;

-- One pass in the reverse order of effects: the frame always begins at the first row, so its minimum is kept and not
-- computed again for each row. An unfinished pedido takes effect after all others.
with effects as (
    select recebedor_id, pedido_id, ordem, unnoted, noted_by as cluster, noted_in, noted_after,
           coalesce(effect, 9223372036854775807) as effect
    from judged_effects
    where ciclo = 0
      and ordered
      and noted_by <> 0
      and (effect is not null or status in ('PENDING', 'PROCESSING', 'RETRYING'))
),
-- A second time those that were restored, as what was there before the first transaction of this cluster.
compared as (
    select *, true as judged from effects
    union all
    select recebedor_id, pedido_id, ordem, unnoted, here.cluster, '0'::xid8, '0'::xid8, effect, false
    from effects
    join (select system_identifier as cluster from pg_control_system()) as here on here.cluster <> effects.cluster
),
overtaken as (
    select
        *,
        min(noted_in) over later_effects as earliest_of_the_later
    from compared
    window later_effects as (
        partition by cluster, recebedor_id
        order by effect desc
        rows between unbounded preceding and 1 preceding
    )
),
-- Only recebedores with pedidos that were accepted before they were inserted. The earlier pedido counts with the place of its insert:
-- it may have got an earlier one since (earlier_ordem.sql).
placed as (
    select f.*, coalesce(a.ordem, f.ordem) as noted_ordem
    from compared f
    left join acceptances a on f.unnoted and a.pedido_id = f.pedido_id
    where f.recebedor_id in (select u.recebedor_id from effects u where u.unnoted)
),
-- Two passes, one from each end, leave few: those that took effect before one with an earlier place and before one that was there,
-- and those that were there and have an earlier place than one that took effect before them. Each of the first is compared with
-- each of the second.
among_the_others as (
    select
        *,
        min(noted_ordem) over later_effects as lowest_of_the_later,
        min(noted_in) over later_effects as earliest_of_the_later,
        max(ordem) over earlier_effects as highest_of_the_earlier,
        max(greatest(noted_after, noted_in)) over earlier_effects as latest_of_the_earlier
    from placed
    window
        later_effects as (
            partition by cluster, recebedor_id
            order by effect desc
            rows between unbounded preceding and 1 preceding
        ),
        earlier_effects as (
            partition by cluster, recebedor_id
            order by effect
            rows between unbounded preceding and 1 preceding
        )
),
elders as materialized (
    select * from among_the_others where noted_ordem < highest_of_the_earlier and noted_in <= latest_of_the_earlier
),
overtaken_by_place as (
    select o.recebedor_id, o.pedido_id, min(p.pedido_id) as elder
    from among_the_others o
    join elders p on p.cluster = o.cluster and p.recebedor_id = o.recebedor_id
    where o.judged
      and o.unnoted
      and o.effect < 9223372036854775807
      and o.lowest_of_the_later < o.ordem
      and o.earliest_of_the_later <= greatest(o.noted_after, o.noted_in)
      and p.effect > o.effect
      and p.noted_ordem < o.ordem
      and (p.noted_in < o.noted_after or p.noted_in = o.noted_in)
    group by o.cluster, o.recebedor_id, o.pedido_id
)
select
    o.recebedor_id,
    o.pedido_id as took_effect,
    coalesce(
        (select min(p.pedido_id)
         from all_pedidos p
         where p.recebedor_id = o.recebedor_id and p.noted_by = o.cluster and p.noted_in = o.earliest_of_the_later),
        'one that was restored') as before_its_elder
from overtaken o
where o.judged and not o.unnoted and o.earliest_of_the_later < o.noted_after and o.effect < 9223372036854775807
union all
select recebedor_id, pedido_id, elder
from overtaken_by_place
