-- Inserts a batch of pedidos: rows and ACCEPTED events in one statement, one round trip, one commit. Returns the new ids with their
-- places; an id that is not returned was there before.
--
-- ordem: the database's clock, but never below any row of the same receiver, or the order breaks when the clock steps back.
-- Finished and archived rows count too, because LineFronts does not look below them. The last place in the archive does not count if
-- it is more than a day ahead of the clock: the clock was wrong when it was given. The newest row is found at once
-- (pedidos_newest_of_recebedor), and once for each receiver: a second look would pass the rows that this statement has inserted.
-- clock_timestamp(), not now(): a batch that began earlier must not get the earlier place. The transaction got its number in the
-- statement before. So if a reader's snapshot does not know that number yet, this statement reads the clock and the newest row after
-- that snapshot.
-- A pedido that the broker accepted has the time of its acceptance, and is marked as `unnoted`.
-- Sorted by pedido_id: two batches with the same ids wait for each other instead of deadlocking.
-- Archived pedidos are known too. One that is archived at this moment fails the statement (pedidos_refuse_archived).
-- For a batch with cancellations or events of operations, insert_cancelamentos.sql and open_operations.sql follow in its transaction.
-- The content is stored once, in the ACCEPTED event, whose payload_hash is that of the content. The event has everything that the
-- row begins with (./pedidos replay): the time of acceptance is its own, or that of its ordem if it is `unnoted`. `unnoted` and
-- `ordered` are there only if they are not the usual ones.
-- relay_at: the relay publishes the pedido then, unless it is marked as published before. It must lie beyond the wait for the
-- confirm.
with given as (
    select g.*, stored.content
    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::boolean[], ?::bigint[])
        as g (pedido_id, tipo, recebedor_id, origem, payload, payload_hash, ordered, accepted_micros)
    -- offset 0 keeps the planner from inlining this: the payload is converted once.
    cross join lateral (select g.payload::jsonb as content offset 0) stored
), placed as (
    select g.*, line.newest
    from given g
    left join (
        select r.recebedor_id, (select max(u.ordem) from pedidos u where u.recebedor_id || '' = r.recebedor_id) as newest
        from (select distinct recebedor_id from given where accepted_micros is null) r
        offset 0
    ) line on line.recebedor_id = g.recebedor_id and g.accepted_micros is null
), inserted as (
    insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload_bytes, payload_hash, ordered, unnoted,
        aceito_em, relay_at, noted_by, callback_url)
    select
        g.pedido_id,
        coalesce(
            g.accepted_micros,
            greatest(
                (extract(epoch from clock_timestamp()) * 1000000)::bigint,
                g.newest + 1,
                (select ultima_ordem + 1
                 from arquivo
                 where ultima_ordem < extract(epoch from clock_timestamp() + interval '1 day') * 1000000))),
        g.tipo,
        g.recebedor_id,
        g.origem,
        octet_length(g.content::text),
        g.payload_hash,
        g.ordered,
        g.accepted_micros is not null,
        coalesce(to_timestamp(g.accepted_micros / 1000000.0), clock_timestamp()),
        clock_timestamp() + make_interval(secs => ?),
        (select system_identifier from pg_control_system()),
        g.content ->> 'callback_url'
    from placed g
    -- offset 0 keeps it one index probe for each row.
    where not exists (select from arquivados k where k.pedido_id = g.pedido_id offset 0)
    order by g.pedido_id
    on conflict (pedido_id) do nothing
    returning pedido_id, ciclo, ordem, tipo, recebedor_id, origem, payload_hash, ordered, unnoted, aceito_em
), events as (
    insert into operation_events (external_id, event_type, payload, payload_hash, conteudo, occurred_at)
    select n.pedido_id, 'ACCEPTED',
        jsonb_strip_nulls(jsonb_build_object(
            'ciclo', n.ciclo,
            'ordem', n.ordem,
            'tipo', n.tipo,
            'recebedor_id', n.recebedor_id,
            'origem', n.origem,
            'ordered', nullif(n.ordered, true),
            'unnoted', nullif(n.unnoted, false))),
        n.payload_hash,
        g.content,
        case when n.unnoted then clock_timestamp() else n.aceito_em end
    from inserted n
    join given g using (pedido_id)
    order by n.pedido_id
)
select pedido_id, ordem, unnoted from inserted
