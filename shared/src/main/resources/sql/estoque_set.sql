-- Third of three: sets disponivel and records each change. The number of the transaction makes each change an event of its own,
-- even if a sku is set to 5 twice. A restored ledger gives such numbers again, so the hash also covers the cluster.
with given as (
    select * from unnest(?::text[], ?::bigint[]) as g (sku, disponivel)
), before as (
    select e.sku, e.disponivel from estoque e join given using (sku)
), changed as (
    update estoque e
    set disponivel = g.disponivel
    from given g
    join before b using (sku)
    where e.sku = g.sku
    returning e.sku, e.disponivel, e.reservado, e.disponivel - b.disponivel as delta
), events as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select 'estoque:' || c.sku, 'ESTOQUE_DEFINIDO', e.payload,
        sha256(convert_to(e.payload::text || cluster.system_identifier, 'UTF8'))
    from pg_control_system() as cluster, changed c
    cross join lateral (
        select jsonb_build_object(
            'disponivel', c.disponivel,
            'delta', c.delta,
            'reservado', c.reservado,
            'transacao', pg_current_xact_id()::text) as payload
    ) e
)
select {sql/estoque_json} as answer from changed
