-- Stores the dead letters that a redrive takes, in the order of their places, and the redrive itself. {conditions}: those of the
-- filter, or nothing.
with chosen as (
    insert into redrive_items (redrive_id, place, pedido_id, ciclo)
    select :id, row_number() over (order by ordem, pedido_id), pedido_id, ciclo
    from pedidos
    where status = 'DEAD_LETTERED'{conditions}
    returning 1
)
insert into redrives (id, por, filter, por_segundo, selecionados, finished)
select :id, :por, jsonb_strip_nulls(jsonb_build_object(
           'motivo', :f_motivo, 'erro_classe', :f_erro_classe, 'tipo', :f_tipo,
           'recebedor_id', :f_recebedor_id, 'desde', :f_desde, 'ate', :f_ate, 'pedido_ids', :f_pedido_ids)),
       :por_segundo, count(*), case when count(*) = 0 then clock_timestamp() end
from chosen
returning selecionados
