-- The limits of this worker's setting.
insert into limites (worker_id, dependencia, chamadas, janela_ms, visto_em)
select :worker, g.dependencia, g.chamadas, g.janela_ms, clock_timestamp()
from unnest(:dependencias::text[], :chamadas::integer[], :janelas_ms::bigint[]) as g (dependencia, chamadas, janela_ms)
on conflict (worker_id, dependencia) do update
set chamadas = excluded.chamadas, janela_ms = excluded.janela_ms, visto_em = excluded.visto_em
