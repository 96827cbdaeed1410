-- The pedido that a client wants to cancel, as far as the ledger knows it, and its cancellation. A pedido whose month was
-- dropped has no tipo any more: nobody can undo it.
select p.status,
       -- As GET shows it; an archived one is final.
       coalesce(
           (select visible_status(w.status, w.begun, w.pedido_id) from pedidos w where w.pedido_id = p.pedido_id),
           p.status) as shown,
       coalesce(p.tipo, '') as tipo, coalesce(t.desfaz, false) as desfaz, coalesce(p.recebedor_id, '') as recebedor_id,
       c.status as cancelamento
from known_pedidos p
left join tipos t using (tipo)
left join known_pedidos c on c.pedido_id = ? and (c.tipo = 'cancelamento') is not false
where p.pedido_id = ?
