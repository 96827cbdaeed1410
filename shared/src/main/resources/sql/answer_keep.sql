-- A new answer. Whoever brings one removes two that have not served for a day, so the table does not grow with what was once
-- asked.
with gone as (
    delete from respostas
    where ctid = any(array(
        select r.ctid
        from respostas r
        where r.vale_ate < clock_timestamp() - interval '1 day' and (r.dependencia, r.chave) <> (:dependencia, :chave)
          -- Nobody asks again now.
          and (r.consulta_ate is null or r.consulta_ate < clock_timestamp())
        order by r.vale_ate
        limit 2
        for update skip locked))
)
insert into respostas (dependencia, chave, resposta, consultado_em, vale_ate)
select :dependencia, :chave, :resposta::jsonb, new.em, new.em + make_interval(secs => :seconds::double precision)
from (select clock_timestamp() as em) new
on conflict (dependencia, chave) do update
set resposta = excluded.resposta, consultado_em = excluded.consultado_em, vale_ate = excluded.vale_ate,
    consultado_por = null, worker_id = null, consulta_ate = null
returning consultado_em
