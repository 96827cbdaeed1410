-- The key of the effect shows that the pedido took effect before: its row is set to what its final event says, and when.
update pedidos p
set status = e.event_type, motivo = e.payload ->> 'motivo', resultado = e.payload -> 'resultado',
    tentativas = (e.payload ->> 'tentativa')::integer, parked = false, begun = null, relay_at = null,
    proxima_tentativa_em = null, atualizado_em = e.occurred_at
from operation_events e
where p.pedido_id = ?
  and e.external_id = p.pedido_id
  and e.event_type in ('COMPLETED', 'REJECTED')
  and p.status in ({sql/unfinished_states})
