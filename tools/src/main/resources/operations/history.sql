-- All operations with all their events, each operation's in the order in which workers decided about them: their pedidos
-- have the effects in that order. An event without an effect comes last. The collation makes the prefix a range of an
-- index.
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
        effect.id as effect
    from operation_events e
    left join operation_events effect
        on effect.external_id = e.payload ->> 'pedido_id' and effect.event_type = 'COMPLETED'
    where e.external_id like 'operacao/%'
)
select
    coalesce(r.external_id, o.external_id) as external_id,
    r.event_type, encode(r.payload_hash, 'hex') as payload_hash, r.event_id, r.centavos, r.event_motivo,
    r.event_recebedor_id, r.effect,
    o.recebedor_id, o.status, coalesce(o.version, -1) as version, coalesce(o.valor_centavos, 0) as valor_centavos, o.motivo,
    u.estado, u.motivo as outcome_motivo
from received r
full join operations o on o.external_id = r.external_id
left join operation_outcomes u
    on u.external_id = r.external_id and u.event_type = r.event_type and u.payload_hash = r.payload_hash
order by external_id, r.effect nulls last, r.event_id
