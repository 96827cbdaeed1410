-- Deletes ended webhooks that are old.
delete from webhooks
where webhook_id in (
    select w.webhook_id
    from webhooks w
    where w.terminado_em < statement_timestamp() - make_interval(secs => ?)
    order by w.terminado_em
    limit ?
    for update skip locked)
