-- New events whose operation belongs to another receiver. An event that was accepted before is answered as such.
select g.pedido_id
from unnest(?::text[], ?::text[], ?::text[]) as g (pedido_id, recebedor_id, payload)
join operations o on o.external_id = g.payload::jsonb -> 'dados' ->> 'external_id'
where o.recebedor_id <> g.recebedor_id
  and not exists (select from pedidos p where p.pedido_id = g.pedido_id)
  and not exists (select from arquivados k where k.pedido_id = g.pedido_id)
