-- A pedido whose cancellation took effect has no effect, and what it had reserved was released once: as much as it had reserved.
select format(
           '%s cancellations of %s pedidos that arrived, %s ended before they took effect, %s undone',
           count(*),
           count(p.pedido_id),
           count(*) filter (where p.status = 'REJECTED' and p.motivo = 'CANCELADO'),
           count(*) filter (where p.status = 'CANCELLED'))
from judged_cancelamentos c
left join judged_pedidos p using (pedido_id);

-- A pedido that arrives more than 30 days after its cancellation is processed as any other.
select p.pedido_id, p.status, p.motivo, 'its cancellation took effect' as wrong
from judged_cancelamentos c
join judged_pedidos own on own.pedido_id = c.por and own.status = 'COMPLETED'
join judged_pedidos p on p.pedido_id = c.pedido_id
where c.aceito_em > p.aceito_em - interval '30 days'
  and p.status in ('COMPLETED', 'DEAD_LETTERED')
union all
select p.pedido_id, p.status, p.motivo, 'nobody cancelled it'
from judged_pedidos p
where p.status = 'CANCELLED'
  and not exists (select from judged_cancelamentos c where c.pedido_id = p.pedido_id)
union all
select undone.pedido_id, 'CANCELLED', null, 'released is not what was reserved'
from (
    select e.external_id as pedido_id, e.payload -> 'liberado' -> 'reservas' as released,
           done.payload -> 'resultado' -> 'reservas' as reserved
    from judged_events e
    join judged_pedidos p on p.pedido_id = e.external_id and p.tipo = 'pedido'
    join judged_events done on done.external_id = e.external_id and done.event_type = 'COMPLETED'
    where e.event_type = 'CANCELLED'
      and e.payload -> 'liberado' ? 'reservas'
    -- Handlers of other tipos may call anything reservas.
    offset 0
) undone
where (select coalesce(sum(r.quantidade), 0) from jsonb_to_recordset(undone.released) as r (sku text, quantidade bigint))
      <> (select coalesce(sum(r.quantidade), 0) from jsonb_to_recordset(undone.reserved) as r (sku text, quantidade bigint))
