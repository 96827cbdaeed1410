-- A sku at a time: as it was set last before that, and what was reserved and released since.
with set_last as (
    select id, (payload ->> 'disponivel')::bigint as disponivel, (payload ->> 'reservado')::bigint as reservado
    from ({source}) e
    where external_id = 'estoque:' || {id} and event_type = 'ESTOQUE_DEFINIDO' and occurred_at <= {until}
    order by id desc
    limit 1
)
select json_build_object(
    'sku', {id},
    'disponivel', s.disponivel - moved.quantidade,
    'reservado', s.reservado + moved.quantidade)::text
from set_last s
cross join lateral (
    select coalesce(sum(m.quantidade), 0) as quantidade
    from ({moves}) m
    where m.id > s.id and m.sku = {id} and m.occurred_at <= {until}
) moved
