-- A pedido of the month that is in the ledger again, since a client has cancelled it. Its first events are in the month. The index by
-- tipo, status and place finds the few that are that old. {mes}: such as 2026_01.
with month as (
    select extract(epoch from since at time zone 'UTC') * 1000000 as since,
           extract(epoch from (since + interval '1 month') at time zone 'UTC') * 1000000 as until
    from (select to_date('{mes}', 'YYYY_MM')::timestamp as since) begins
)
select p.pedido_id
from month
cross join tipos t
cross join unnest(array[
    'PENDING', 'PROCESSING', 'RETRYING', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED', 'DISCARDED', 'CANCELLED']) as s (status)
cross join lateral (
    select near.pedido_id
    from pedidos near
    where near.tipo = t.tipo and near.status = s.status
      and near.ordem >= month.since::bigint and near.ordem < month.until::bigint
    offset 0
) p
where exists (select from eventos_arquivados_{mes} e where e.external_id = p.pedido_id)
limit 1
