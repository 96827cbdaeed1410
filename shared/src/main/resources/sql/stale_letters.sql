-- Which copies of dead letters are no longer true: their pedido has been redriven or discarded, and never dies in that
-- ciclo again. One that the ledger does not know, or not yet (it may have been restored from a backup), is none of them.
select g.pedido_id, g.ciclo
from unnest(?::text[], ?::integer[]) as g (pedido_id, ciclo)
join pedidos p using (pedido_id)
where p.ciclo > g.ciclo or (p.ciclo = g.ciclo and p.status <> 'DEAD_LETTERED')
