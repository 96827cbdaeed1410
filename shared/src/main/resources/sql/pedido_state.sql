-- The state of a pedido, and whether it is the head of its receiver's line. The line is searched from its front on,
-- and among the pedidos that came late (LineFronts). The search goes backwards from the pedido's own place, so a
-- pedido that is not the head finds the one before it at once.
select {sql/state_columns},
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
       ) as head
from pedidos p
where p.pedido_id = ?
