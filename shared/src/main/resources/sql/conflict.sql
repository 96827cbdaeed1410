-- Other content under a known id: one event per content, up to a number of contents. Later refusals are counted, also of a content
-- that has its event.
-- Rows of conflicts are locked in the order of pedido_id.
with refused as (
    select g.pedido_id, e.payload, sha256(convert_to(e.payload::text, 'UTF8')) as payload_hash
    from unnest(?::text[], ?::bytea[]) as g (pedido_id, payload_hash)
    cross join lateral (
        select jsonb_build_object('payload_hash', encode(g.payload_hash, 'hex')) as payload
    ) e
), counting as (
    select r.*
    from refused r
    where exists (select from conflicts c where c.pedido_id = r.pedido_id and c.recorded = ?::integer)
    or not exists (
        select
        from operation_events e
        where e.external_id = r.pedido_id and e.event_type = 'CONFLICT' and e.payload_hash = r.payload_hash
    )
    and not exists (
        select
        from arquivados k
        cross join lateral archived_events(k.ordem, k.pedido_id, 0, null) e
        where k.pedido_id = r.pedido_id and e.event_type = 'CONFLICT' and e.payload_hash = r.payload_hash
    )
), counted as (
    insert into conflicts as c (pedido_id, recorded)
    select pedido_id, 1 from counting order by pedido_id
    on conflict (pedido_id) do update
    set recorded = case when c.recorded < ?::integer then c.recorded + 1 else c.recorded end,
        further = case when c.recorded < ?::integer then c.further else c.further + 1 end
    returning pedido_id, further
)
insert into operation_events (external_id, event_type, payload, payload_hash)
select u.pedido_id, 'CONFLICT', u.payload, u.payload_hash
from counting u
join counted c using (pedido_id)
where c.further = 0
on conflict do nothing
