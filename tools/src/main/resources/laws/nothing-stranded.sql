-- No pedido is unfinished that neither the broker nor the relay will bring back. The ledger cannot see the queues. It
-- finds a head without an event for 15 minutes whose relay time is unset or long past, although pedidos that came 15
-- minutes later are finished, or nothing at all was finished in that time. Also one that waits for a call to a dependency, if the
-- list of those that wait does not have it.
select format('%s recebedores with unfinished pedidos', count(distinct recebedor_id))
from unfinished;

-- pedidos.as_of: as in nothing-parked-behind-a-finished-head.sql.
with judged as (
    select
        coalesce(nullif(current_setting('pedidos.as_of', true), ''), now()::text)::timestamptz as as_of,
        interval '15 minutes' as patience
),
done as (
    select to_timestamp(ordem / 1000000.0) as newest_accepted_at, finished_at as newest_done_at
    from newest_finished
)
select h.recebedor_id, h.pedido_id, h.status, h.atualizado_em, h.proxima_tentativa_em, h.relay_at
from judged, done, heads h
where not h.parked
  and greatest(h.atualizado_em, h.proxima_tentativa_em) < as_of - patience
  and (h.relay_at is null
      or h.relay_at < as_of - patience
      -- The relay does not look at it: whoever may call a dependency next is called.
      or h.relay_at = 'infinity' and not exists (
          select
          from waiting_for_a_call w
          where w.pedido_id = h.pedido_id and w.ciclo = h.ciclo and w.agendamento = h.agendamento)
      -- A relay would have given it a time.
      or h.relay_at = only_as_head() and coalesce(newest_done_at, '-infinity') < as_of - patience)
  and (newest_accepted_at > to_timestamp(h.ordem / 1000000.0) + patience
      or coalesce(newest_done_at, '-infinity') < as_of - patience)
