-- The first unfinished pedido of a receiver.
select p.pedido_id, p.tipo, p.recebedor_id, p.origem, p.payload::text as payload, p.payload_hash,
       p.ciclo, p.tentativas, p.parked
from pedidos p
where p.recebedor_id = ?
  and p.status in ('PENDING', 'PROCESSING', 'RETRYING')
order by p.ordem, p.pedido_id
limit 1
