-- The strictest limits of those that workers have stored in the last seconds: the fewest calls in the long run, then the fewest at
-- once.
select distinct on (dependencia) dependencia, chamadas, janela_ms
from limites
where visto_em > clock_timestamp() - interval '10 seconds'
order by dependencia, chamadas::double precision / janela_ms, chamadas
