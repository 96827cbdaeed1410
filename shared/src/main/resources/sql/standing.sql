-- The delivered pedido as the ledger knows it, and whether nothing of its receiver stands before it.
select p.status,
       p.ciclo,
       p.agendamento,
       p.tentativas,
       p.payload_hash,
       p.published,
       -- Never more than it was to wait in all: the clock may have been set back since.
       greatest(0, ceil(extract(epoch from p.proxima_tentativa_em - greatest(clock_timestamp(), p.atualizado_em)) * 1000))::bigint
           as due_in_ms,
       p.begun,
       case when p.begun is null then false else worker_lives(p.begun) end as beginner_lives,
       not p.ordered or not exists (
           select
           from pedidos before
           where before.recebedor_id = p.recebedor_id
             and before.in_line
             and (before.ordem, before.pedido_id) < (p.ordem, p.pedido_id)
       ) as head
from pedidos p
where p.pedido_id = ?
