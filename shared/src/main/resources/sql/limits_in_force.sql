-- Of each dependency one limit that keeps to all those that workers have stored in the last seconds. It has as many calls as the smallest
-- of them. A limit that has k times as many may be covered by k windows: each of these is a k-th of its window, or longer.
with living as (
    select dependencia, chamadas, janela_ms, min(chamadas) over (partition by dependencia) as fewest
    from limites
    where visto_em > clock_timestamp() - interval '10 seconds'
)
select dependencia, fewest as chamadas, max(ceil(janela_ms::numeric / (chamadas / fewest)))::bigint as janela_ms
from living
group by dependencia, fewest
