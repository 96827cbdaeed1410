-- The events of an operation that wait, in the order received, without what only clients read.
select w.event_type,
       encode(w.payload_hash, 'hex') as payload_hash,
       coalesce(e.payload -> 'payload' ->> 'valor_centavos', e.payload -> 'payload' ->> 'delta_centavos', '0')::bigint as centavos,
       e.payload -> 'payload' ->> 'motivo' as motivo
from operation_outcomes w
join operation_events e
    on e.external_id = 'operacao/' || w.external_id
    and e.event_type = 'OPERACAO_' || w.event_type
    and e.payload_hash = w.payload_hash
where w.external_id = ? and w.estado = 'WAITING'
order by w.event_id
