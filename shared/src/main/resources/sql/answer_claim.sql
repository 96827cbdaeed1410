-- This pedido will ask, and no other one until then. No row: another one is asking, or has its answer already. A claim ends with
-- its time, and with its worker; a time that is too far ahead was given before the clock was set back. The same pedido may
-- claim again: it is tried by one worker at a time.
insert into respostas as r (dependencia, chave, vale_ate, consultado_por, worker_id, consulta_ate)
select :dependencia, :chave, new.ate, :pedido_id, :worker_id, new.ate
from (select clock_timestamp() + make_interval(secs => :seconds::double precision) as ate) new
on conflict (dependencia, chave) do update
set consultado_por = excluded.consultado_por, worker_id = excluded.worker_id, consulta_ate = excluded.consulta_ate
where (r.resposta is null or r.vale_ate <= clock_timestamp())
  and (r.consultado_por is null
       or r.consultado_por = excluded.consultado_por
       or r.consulta_ate <= clock_timestamp()
       or r.consulta_ate > excluded.consulta_ate
       or not worker_lives(r.worker_id))
returning r.chave
