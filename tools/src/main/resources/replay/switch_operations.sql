-- Operations as their events give them. One that is gone has its place and its times from its first and last event.
insert into operations as o (external_id, ordem, recebedor_id, status, version, valor_centavos, motivo, criado_em, atualizado_em)
select r.external_id, coalesce((a.payload ->> 'ordem')::bigint, 0), r.recebedor_id, r.status, r.version, r.valor_centavos, r.motivo,
    first.occurred_at, first.last_at
from replay.operations r
join replay.keys k on k.id = r.external_id
cross join lateral (
    select e.payload ->> 'pedido_id' as pedido_id, e.occurred_at, max(e.occurred_at) over () as last_at
    from replay.events e
    where e.external_id = 'operacao/' || r.external_id
    order by e.id
    limit 1
) first
left join replay.events a on a.external_id = first.pedido_id and a.event_type = 'ACCEPTED'
on conflict (external_id) do update
set recebedor_id = excluded.recebedor_id, status = excluded.status, version = excluded.version,
    valor_centavos = excluded.valor_centavos, motivo = excluded.motivo
