-- A new answer. It is not kept if the claim has passed to another pedido or worker: that one's answer is newer. Whoever brings an
-- answer removes two that have not served for a day, so the table does not grow with what was once asked.
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
), new as (
    select clock_timestamp() - make_interval(secs => :ago_ms::double precision / 1000) as em
), kept as (
    insert into respostas as r (dependencia, chave, resposta, consultado_em, vale_ate)
    select :dependencia, :chave, :resposta::jsonb, new.em, new.em + make_interval(secs => :seconds::double precision)
    from new
    on conflict (dependencia, chave) do update
    set resposta = excluded.resposta, consultado_em = excluded.consultado_em, vale_ate = excluded.vale_ate,
        consultado_por = null, worker_id = null, consulta_ate = null
    where r.consultado_por = :pedido_id and r.worker_id = :worker_id
)
select em from new
