-- Operations that are not as the state machine gives them from their events.
select
    coalesce(r.external_id, o.external_id) as id,
    case
        when o.external_id is null then 'has no row'
        when r.external_id is null then 'has no event'
        else format('%s version %s valor_centavos %s; the events give %s, %s, %s',
            o.status, o.version, o.valor_centavos, r.status, r.version, r.valor_centavos)
    end as what
from {rebuilt} r
full join {stored} o on o.external_id = r.external_id
where (o.recebedor_id, o.status, o.version, o.valor_centavos, o.motivo)
    is distinct from (r.recebedor_id, r.status, r.version, r.valor_centavos, r.motivo)
  and not exists (select from replay.dropped_operations d where d.external_id = o.external_id)
