-- The states of the pedidos of a lot in the order of their lines, each with the one directly before it in its receiver's
-- line. The line is searched as in pedido_state.sql.
select p.pedido_id,
       {sql/state_columns},
       behind.pedido_id is null as head,
       behind.pedido_id as behind
from unnest(?::text[], ?::bigint[]) as asked (pedido_id, front)
join pedidos p on p.pedido_id = asked.pedido_id
left join lateral (
    select found.pedido_id
    from (
        (select before.ordem, before.pedido_id
         from pedidos before
         where p.ordered
           and before.recebedor_id = p.recebedor_id
           and before.in_line
           and before.ordem >= asked.front
           and (before.ordem, before.pedido_id) < (p.ordem, p.pedido_id)
         order by before.ordem desc, before.pedido_id desc
         limit 1)
        union all
        (select late.ordem, late.pedido_id
         from pedidos late
         where p.ordered
           and late.recebedor_id = p.recebedor_id
           and late.in_line
           and (late.unnoted or late.ciclo > 0)
           and (late.ordem, late.pedido_id) < (p.ordem, p.pedido_id)
         order by late.ordem desc, late.pedido_id desc
         limit 1)
    ) found
    order by found.ordem desc, found.pedido_id desc
    limit 1
) behind on true
order by p.ordem, p.pedido_id
