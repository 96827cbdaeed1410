-- All events of some pedidos: their own, and that their receiver was released from them.
select e.*
from ({source}) e
where e.external_id in ({ids})
union all
select e.*
from ({source}) e
where e.event_type = 'RECEBEDOR_LIBERADO'
  and e.payload ->> 'pedido_id' in ({ids})
  and e.external_id in (
      select 'recebedor:' || (a.payload ->> 'recebedor_id')
      from ({source}) a
      where a.external_id in ({ids}) and a.event_type = 'ACCEPTED')
