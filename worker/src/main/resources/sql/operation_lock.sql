-- Holds the operation until the transaction ends. The receiver's lock came first, in a statement of its own: what other
-- turns of this receiver have written is seen. No row: the operation, or this event of it, was not opened.
select o.recebedor_id, o.status, o.version, o.valor_centavos, o.motivo,
       exists (select from operation_outcomes w where w.external_id = o.external_id and w.estado = 'WAITING') as some_wait
from operations o
where o.external_id = ?
  and exists (
      select
      from operation_events e
      where e.external_id = 'operacao/' || o.external_id and e.event_type = 'OPERACAO_' || ? and e.payload_hash = ?)
for update of o
