-- The events of operations, each operation's in the order in which workers decided about them: their pedidos have the effects in
-- that order. An event without an effect comes last: nobody has decided about it. The collation makes the prefix a range of an
-- index. If a pedido is known to be COMPLETED and has no such event, its month was dropped: the order is not known any more.
select
    substr(e.external_id, length('operacao/') + 1) as external_id,
    substr(e.event_type, length('OPERACAO_') + 1) as event_type,
    encode(e.payload_hash, 'hex') as payload_hash,
    e.id as event_id,
    coalesce(e.payload -> 'payload' ->> 'valor_centavos', e.payload -> 'payload' ->> 'delta_centavos', '0')::bigint as centavos,
    e.payload -> 'payload' ->> 'motivo' as event_motivo,
    e.payload ->> 'recebedor_id' as event_recebedor_id,
    effect.id as effect,
    case when effect.id is null then exists (
        select from public.arquivados k where k.pedido_id = e.payload ->> 'pedido_id' and k.status = 'COMPLETED'
    ) and not exists (
        select from public.todos_eventos done
        where done.external_id = e.payload ->> 'pedido_id' and done.event_type = 'COMPLETED'
    ) else false end as dropped,
    -- Of the first event, unless two APIs opened the operation at once.
    case
        when bool_or(e.payload ->> 'recebedor_id' = o.recebedor_id) over (partition by e.external_id) then o.recebedor_id
        else first_value(e.payload ->> 'recebedor_id') over (partition by e.external_id order by e.id)
    end as recebedor_id
from {events} e
left join {effects} effect on effect.external_id = e.payload ->> 'pedido_id' and effect.event_type = 'COMPLETED'
left join operations o on o.external_id = substr(e.external_id, length('operacao/') + 1)
where e.external_id like 'operacao/%'
order by e.external_id, effect.id nulls last, e.id
