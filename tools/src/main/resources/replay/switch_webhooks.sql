-- The trigger on pedidos inserted a webhook for each end that was put in place. Deletes those whose end had its webhook before.
-- Ends of more than 29 days ago need none (laws/every-end-has-its-webhook.sql).
with told as (
    select
        w.pedido_id,
        w.tipo,
        count(*) filter (where w.xmin <> pg_current_xact_id()::xid) as before,
        array_agg(w.webhook_id) filter (where w.xmin = pg_current_xact_id()::xid) as again
    from webhooks w
    where w.pedido_id in (select m.pedido_id from replay.mended m)
    group by w.pedido_id, w.tipo
)
delete from webhooks w
using told
where w.webhook_id = any(told.again)
  and told.before >= (
      select count(*)
      from replay.key_events e
      where e.external_id = told.pedido_id
        and 'pedido.' || lower(e.event_type) = told.tipo
        and e.occurred_at > now() - interval '29 days')
