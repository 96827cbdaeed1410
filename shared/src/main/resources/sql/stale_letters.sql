-- Letters that are no longer true: their pedido was redriven or discarded, and never dies in that ciclo again; an archived one is
-- final. Letters of pedidos that the ledger does not know are not among them: the ledger may have been restored from a backup.
select g.pedido_id, g.ciclo
from unnest(?::text[], ?::integer[]) as g (pedido_id, ciclo)
left join pedidos p using (pedido_id)
where p.ciclo > g.ciclo
   or (p.ciclo = g.ciclo and p.status <> 'DEAD_LETTERED')
   or (p.pedido_id is null and exists (select from arquivados k where k.pedido_id = g.pedido_id))
