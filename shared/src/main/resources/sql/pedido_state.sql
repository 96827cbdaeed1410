-- The state of a pedido, and whether it is the head of its receiver's line. The line is searched from its front on,
-- and among the pedidos that came late (LineFronts). The search goes backwards from the pedido's own place, so a
-- pedido that is not the head finds the one before it at once.
select p.status,
       p.ciclo,
       p.agendamento,
       p.tentativas,
       p.payload_hash,
       p.published,
       -- At most the whole delay: the clock may have been set back since.
       greatest(0, ceil(extract(epoch from p.proxima_tentativa_em - greatest(clock_timestamp(), p.atualizado_em)) * 1000))::bigint
           as due_in_ms,
       p.begun,
       case when p.begun is null then false else worker_lives(p.begun) end as beginner_lives,
       not p.ordered or not exists (
           (select 1
            from pedidos before
            where before.recebedor_id = p.recebedor_id
              and before.in_line
              and before.ordem >= ?
              and (before.ordem, before.pedido_id) < (p.ordem, p.pedido_id)
            order by before.ordem desc, before.pedido_id desc
            limit 1)
           union all
           (select 1
            from pedidos late
            where late.recebedor_id = p.recebedor_id
              and late.in_line
              and (late.unnoted or late.ciclo > 0)
              and (late.ordem, late.pedido_id) < (p.ordem, p.pedido_id)
            order by late.ordem desc, late.pedido_id desc
            limit 1)
       ) as head,
       -- A cancellation is remembered for 30 days before its pedido arrives.
       exists (
           select from cancelamentos c
           where c.pedido_id = p.pedido_id and c.aceito_em > p.aceito_em - interval '30 days') as cancelled,
       p.ordered,
       p.ordem,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest_running
from pedidos p
where p.pedido_id = ?
