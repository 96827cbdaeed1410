-- The first of a receiver's line. One that is held there is dead, and not parked.
select p.pedido_id, p.tipo, p.recebedor_id, p.origem, p.payload::text as payload, p.payload_hash,
       p.ciclo, p.agendamento, p.tentativas, p.begun is not null as suspect, p.parked
from pedidos p
where p.recebedor_id = ?
  and p.in_line
order by p.ordem, p.pedido_id
limit 1
