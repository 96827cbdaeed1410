-- Stores the dead letters that a redrive takes, in the order of their places, and the redrive itself. No row: there are more than it
-- may take. {conditions}: those of the filter, or nothing.
with bound as (
    select count(*) <= :most as kept
    from (select from pedidos where status = 'DEAD_LETTERED'{conditions} limit :most + 1) few
), chosen as (
    insert into redrive_items (redrive_id, place, pedido_id, ciclo, look_at)
    select :id, row_number() over (order by ordem, pedido_id), pedido_id, ciclo, now()
    from pedidos
    where status = 'DEAD_LETTERED' and (select kept from bound){conditions}
    returning 1
)
insert into redrives (id, por, filter, por_segundo, selecionados, finished)
select :id, :por, jsonb_strip_nulls(jsonb_build_object(
           'motivo', :f_motivo, 'erro_classe', :f_erro_classe, 'tipo', :f_tipo,
           'recebedor_id', :f_recebedor_id, 'desde', :f_desde, 'ate', :f_ate, 'pedido_ids', :f_pedido_ids)),
       :por_segundo, count(*), case when count(*) = 0 then clock_timestamp() end
from chosen
having (select kept from bound)
returning selecionados
