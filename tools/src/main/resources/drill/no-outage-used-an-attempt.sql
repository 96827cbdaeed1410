-- Only for pedidos whose number of attempts is known in advance: those of tipo pedido never fail, and those of tipo
-- simulado and simulado-lote state the number of failures in their dados. A worker that died during an attempt counts as one more, and is
-- recorded.
select format(
           '%s pedidos, %s attempts ended by the death of their worker',
           (select count(*) from judged_pedidos where status not in ('PENDING', 'PROCESSING', 'RETRYING')),
           count(*))
from judged_events
where payload ->> 'erro_classe' = 'WorkerDerrubado' and event_type in ('RETRY_SCHEDULED', 'DEAD_LETTERED');

with given as (
    select
        p.*,
        coalesce((c.content -> 'dados' ->> 'falhas_transitorias')::integer, 0) as failures,
        coalesce((c.content -> 'dados' ->> 'falha_permanente')::boolean, false) as permanent,
        (select count(*)
         from judged_events e
         where e.external_id = p.pedido_id
           and e.event_type in ('RETRY_SCHEDULED', 'DEAD_LETTERED')
           and e.payload ->> 'erro_classe' = 'WorkerDerrubado'
           and (e.payload ->> 'ciclo')::integer = p.ciclo) as deaths
    from judged_pedidos p
    join judged_contents c using (pedido_id)
    where p.tipo in ('pedido', 'simulado', 'simulado-lote')
)
select pedido_id, tipo, status, motivo, tentativas, failures, deaths
from given
where not case
    when status = 'REJECTED' and motivo = 'CANCELADO' then tentativas <= failures + deaths
    when status in ('COMPLETED', 'REJECTED', 'CANCELLED') then
        not permanent and tentativas between 1 + failures and 1 + failures + deaths
    when status = 'DEAD_LETTERED' and motivo = 'FALHA_PERMANENTE' then
        permanent and tentativas between 1 and 1 + deaths
    when status = 'DEAD_LETTERED' and motivo = 'TENTATIVAS_ESGOTADAS' then
        failures > 0 and tentativas between 1 and failures + deaths
    when status = 'DEAD_LETTERED' and motivo = 'WORKER_DERRUBADO' then
        deaths > 0 and tentativas between 1 and failures + deaths
    else status in ('PENDING', 'PROCESSING', 'RETRYING', 'DISCARDED')
end
