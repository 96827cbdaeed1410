-- Operations with all their events. Workers decided about them in the order of the effects of their pedidos.
with received as (
    select
        substr(e.external_id, length('operacao/') + 1) as external_id,
        substr(e.event_type, length('OPERACAO_') + 1) as event_type,
        e.payload_hash,
        e.id as event_id,
        coalesce(
            e.payload -> 'payload' ->> 'valor_centavos', e.payload -> 'payload' ->> 'delta_centavos', '0')::bigint as centavos,
        e.payload -> 'payload' ->> 'motivo' as event_motivo,
        e.payload ->> 'recebedor_id' as event_recebedor_id,
        e.effect,
        e.dropped
    from judged_operation_events e
)
select
    coalesce(r.external_id, o.external_id) as external_id,
    r.event_type, encode(r.payload_hash, 'hex') as payload_hash, r.event_id, r.centavos, r.event_motivo,
    r.event_recebedor_id, r.effect, r.dropped,
    o.recebedor_id, o.status, coalesce(o.version, -1) as version, coalesce(o.valor_centavos, 0) as valor_centavos, o.motivo,
    u.estado, u.motivo as outcome_motivo
from received r
full join judged_operations o on o.external_id = r.external_id
left join judged_outcomes u
    on u.external_id = r.external_id and u.event_type = r.event_type and u.payload_hash = r.payload_hash
