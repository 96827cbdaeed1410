-- Of pedidos whose events say what they reserved, or that are not there at all.
delete from reservas r
using replay.keys k
where r.pedido_id = k.id
  and not exists (select from replay.stored_pedidos p where p.pedido_id = k.id and p.tipo <> 'pedido')
  and (exists (select from replay.mended m where m.pedido_id = k.id and m.ordem is not null)
      or not exists (select from replay.stored_pedidos p where p.pedido_id = k.id))
