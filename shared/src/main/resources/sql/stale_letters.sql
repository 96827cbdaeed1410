-- Letters that are no longer true: their pedido was redriven or discarded, and never dies in that ciclo again; an archived one is
-- final. A letter is published after the commit of its ciclo: a higher one than that of the row is from before a restore of the ledger.
-- Letters of pedidos that the ledger does not know are not among them: the restored ledger may have lost these.
select g.pedido_id, g.ciclo
from unnest(?::text[], ?::integer[]) as g (pedido_id, ciclo)
left join pedidos p using (pedido_id)
where p.ciclo <> g.ciclo
   or p.status <> 'DEAD_LETTERED'
   or (p.pedido_id is null and exists (select from arquivados k where k.pedido_id = g.pedido_id))
