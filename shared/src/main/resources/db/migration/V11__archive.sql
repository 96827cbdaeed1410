-- Growth: what is final and old moves to the archive (docs/operate.md). The tables that turns work on stay as small as the
-- last PEDIDOS_ARQUIVAR_APOS. The archive is partitioned by the month of acceptance, which is that of ordem: a pedido, its
-- events and its reservas lie in the partitions of one month, so a month is dropped or exported by itself. And a list goes
-- from partition to partition, newest first, because lists are in the order of ordem.

-- Every pedido that was ever archived, for ever, also after its month was dropped: so its id never takes effect a second
-- time, and the same content is a duplicate, other content a conflict. One probe, however many months there are. About 150
-- bytes for each, with the key.
create table arquivados (
    pedido_id    text collate "C" primary key,
    -- Its place, and so its month.
    ordem        bigint not null,
    status       text collate "C" not null,
    payload_hash bytea not null
);

-- One row: how far the archive reaches. A list or a stream that begins after it does not ask the archive.
create table arquivo (
    singleton     boolean primary key default true check (singleton),
    ultima_ordem  bigint not null default 0,
    ultimo_evento bigint not null default 0
) with (fillfactor = 50);
insert into arquivo default values;

-- The same columns in the same order as the tables that they come from (ArchiveTest): rows move as a whole. Two of the
-- three have the pedido's ordem in front.
create table pedidos_arquivados (like pedidos) partition by range (ordem);
alter table pedidos_arquivados add primary key (pedido_id, ordem);
create index pedidos_arquivados_of_tipo on pedidos_arquivados (tipo, status, ordem, pedido_id);
create index pedidos_arquivados_of_recebedor on pedidos_arquivados (recebedor_id, tipo, status, ordem, pedido_id);

create table eventos_arquivados (ordem bigint not null, like operation_events) partition by range (ordem);
alter table eventos_arquivados add primary key (external_id, id, ordem);
create index eventos_arquivados_by_id on eventos_arquivados (id);

create table reservas_arquivadas (ordem bigint not null, like reservas) partition by range (ordem);
alter table reservas_arquivadas add primary key (pedido_id, sku, ordem);

-- What the pedidos of dropped months hold of each sku, for ever: so estoque still adds up.
create table reservas_descartadas (
    mes        date not null,
    sku        text collate "C" not null,
    quantidade bigint not null check (quantidade > 0),
    primary key (mes, sku)
);

-- All that there is, for those that read everything: verify, replay. A look-up by id goes to known_pedidos.
create view todos_pedidos as
select * from pedidos
union all
select * from pedidos_arquivados;

create view todos_eventos as
select * from operation_events
union all
select id, external_id, event_type, payload, payload_hash, occurred_at, conteudo from eventos_arquivados;

create view todas_reservas as
select * from reservas
union all
select pedido_id, sku, quantidade from reservas_arquivadas
union all
-- No id of a pedido has a slash.
select 'mes/' || to_char(mes, 'YYYY-MM'), sku, quantidade from reservas_descartadas;

-- The content of a pedido in the archive. A function that is called, and not put into the plans of the statements of turns: only
-- a pedido that was taken back from the archive needs it there.
create function archived_content(id text) returns jsonb language plpgsql stable as $$
begin
    return (
        select e.conteudo
        from arquivados k
        join eventos_arquivados e on e.ordem = k.ordem and e.external_id = k.pedido_id
        where k.pedido_id = $1 and e.event_type = 'ACCEPTED');
end $$;

create or replace function pedido_content(id text, payload jsonb) returns setof jsonb language sql stable as $$
    select coalesce(
        $2,
        (select e.conteudo from operation_events e where e.external_id = $1 and e.event_type = 'ACCEPTED'),
        archived_content($1))
$$;

-- A pedido by its id, wherever it is. Of one whose month was dropped only what `arquivados` has is known. For whoever did
-- not find it in pedidos: the statements of turns and of acceptance do not touch the partitions, whose locks cost.
create view known_pedidos as
select
    p.pedido_id, p.ordem, p.status, p.tipo, p.recebedor_id, p.motivo, p.payload_hash,
    pedido_json(p.pedido_id, p.tipo, p.recebedor_id, p.origem, p.status, p.tentativas, p.motivo, c.content,
        p.aceito_em, p.atualizado_em, p.proxima_tentativa_em, p.resultado)::text as answer,
    1000 + pedido_bytes(p.payload_bytes, p.payload, p.resultado) as answer_bytes
from pedidos p
cross join lateral (select content from pedido_content(p.pedido_id, p.payload) as content offset 0) c
union all
select
    k.pedido_id, k.ordem, k.status, p.tipo, p.recebedor_id, p.motivo, k.payload_hash,
    pedido_json(k.pedido_id, p.tipo, p.recebedor_id, p.origem, k.status, p.tentativas, p.motivo, c.content,
        p.aceito_em, p.atualizado_em, p.proxima_tentativa_em, p.resultado)::text,
    1000 + coalesce(pedido_bytes(p.payload_bytes, p.payload, p.resultado), 0)
from arquivados k
left join lateral (
    select * from pedidos_arquivados a where a.ordem = k.ordem and a.pedido_id = k.pedido_id offset 0
) p on true
cross join lateral (
    select coalesce(p.payload, (
        select e.conteudo
        from eventos_arquivados e
        where e.ordem = k.ordem and e.external_id = k.pedido_id and e.event_type = 'ACCEPTED')) as content
    offset 0
) c
where not exists (select from pedidos live where live.pedido_id = k.pedido_id);

create function archive_month(ordem bigint) returns date language sql immutable as $$
    select date_trunc('month', to_timestamp($1 / 1000000.0) at time zone 'UTC')::date
$$;

create function eventos_arquivados_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'eventos_arquivados is append-only: % is refused', tg_op;
end $$;

-- Makes the partitions of a month, in a transaction of its own. The programs' role makes no table, so this runs as the
-- owner. A table that is attached when it is ready does not wait for those that read the others.
create function open_archive_month(mes date) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    since bigint := extract(epoch from mes::timestamp at time zone 'UTC') * 1000000;
    until bigint := extract(epoch from (mes + interval '1 month')::timestamp at time zone 'UTC') * 1000000;
    parent text;
    part text;
begin
    foreach parent in array array['pedidos_arquivados', 'eventos_arquivados', 'reservas_arquivadas'] loop
        part := parent || to_char(mes, '_YYYY_MM');
        if to_regclass(part) is null then
            -- Rows that hardly change: they are frozen soon and in small pieces, so that no vacuum ever has to read them all again.
            execute format(
                'create table %I (like %I including defaults) with (autovacuum_vacuum_insert_scale_factor = 0,'
                ' autovacuum_vacuum_insert_threshold = 200000, autovacuum_freeze_min_age = 0)', part, parent);
            if parent = 'eventos_arquivados' then
                execute format(
                    'create trigger eventos_arquivados_append_only before update or delete or truncate on %I'
                    ' for each statement execute function eventos_arquivados_refuse_change()', part);
            end if;
            execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent, part, since, until);
        end if;
    end loop;
end $$;

create trigger eventos_arquivados_append_only before update or delete or truncate on eventos_arquivados
    for each statement execute function eventos_arquivados_refuse_change();

-- Moves those of these pedidos that are final: one short transaction. Nobody waits for it, except a client that cancels one of
-- them at this moment: turns and acceptance lock no row of a final pedido, and what is locked already is left for later.
-- Of the events only the pedido's own: stock and receivers have events too, and a pedido may have the id of one of them.
-- A refusal that is recorded at this moment, or later, stays in operation_events.
create function archive_pedidos(ids text[]) returns integer language plpgsql security definer
-- Its plans are made while a new partition is empty, and used when it is not: by key, never through all rows.
set search_path = public, pg_temp set enable_seqscan = off as $$
declare
    batch text[];
    copied bigint[];
begin
    select array_agg(locked.pedido_id) into batch
    from (
        select p.pedido_id
        from pedidos p
        where p.pedido_id = any(ids) and p.status in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DISCARDED')
        order by p.pedido_id
        for update skip locked
    ) locked;
    if batch is null then
        return 0;
    end if;

    insert into arquivados (pedido_id, ordem, status, payload_hash)
    select p.pedido_id, p.ordem, p.status, p.payload_hash
    from pedidos p
    where p.pedido_id = any(batch)
    order by p.pedido_id
    on conflict (pedido_id) do update set status = excluded.status;

    with copies as (
        insert into eventos_arquivados
        select p.ordem, e.*
        from unnest(batch) g (pedido_id)
        join pedidos p using (pedido_id)
        join operation_events e on e.external_id = g.pedido_id
        where e.event_type in ('ACCEPTED', 'PROCESSING', 'RETRY_SCHEDULED', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED',
            'REDRIVEN', 'DISCARDED', 'CANCELLED', 'CONFLICT')
        returning id
    )
    select array_agg(id) into copied from copies;
    delete from operation_events where id = any(copied);

    with gone as (
        delete from reservas where pedido_id = any(batch) returning *
    )
    insert into reservas_arquivadas
    select p.ordem, gone.* from gone join pedidos p using (pedido_id);

    with gone as (
        delete from pedidos where pedido_id = any(batch) returning *
    ), moved as (
        insert into pedidos_arquivados select * from gone returning ordem
    )
    update arquivo
    set ultima_ordem = greatest(ultima_ordem, (select max(ordem) from moved)),
        ultimo_evento = greatest(ultimo_evento, (select max(id) from unnest(copied) as id));

    return cardinality(batch);
end $$;

-- Takes an archived pedido and its reservas back: it is about to be cancelled. Its events stay where they are: events are
-- never changed, and whoever reads them reads both tables.
create function unarchive_pedido(pedido text) returns boolean language plpgsql security definer
set search_path = public, pg_temp set enable_seqscan = off as $$
declare
    place bigint := (select k.ordem from arquivados k where k.pedido_id = pedido);
    columns text;
begin
    if not exists (select from pedidos_arquivados a where a.ordem = place and a.pedido_id = pedido) then
        return false;
    end if;
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute
    where attrelid = 'pedidos'::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    execute format(
        'with gone as (delete from pedidos_arquivados where ordem = $1 and pedido_id = $2 returning *)'
        ' insert into pedidos (%s) select %s from gone', columns, columns)
    using place, pedido;
    with gone as (
        delete from reservas_arquivadas r where r.ordem = place and r.pedido_id = pedido returning r.pedido_id, r.sku, r.quantidade
    )
    insert into reservas (pedido_id, sku, quantidade)
    select gone.pedido_id, gone.sku, gone.quantidade from gone;
    return true;
end $$;

revoke all on function open_archive_month(date), archive_pedidos(text[]), unarchive_pedido(text) from public;
grant execute on function open_archive_month(date), archive_pedidos(text[]), unarchive_pedido(text) to "${app_role}";
grant select on arquivados, arquivo, pedidos_arquivados, eventos_arquivados, reservas_arquivadas,
    reservas_descartadas, todos_pedidos, todos_eventos, todas_reservas, known_pedidos to "${app_role}";

-- Autovacuum. A table that is only inserted into was vacuumed after a fifth of it was new: of 30,000,000 events that is one
-- long vacuum in 6,000,000, and until then nothing is frozen. A vacuum for inserts reads only the pages that are new, so it may
-- come after a fixed number of rows; it freezes at once, because events never change. The archive deletes the oldest: then the
-- indexes are read as a whole, so that waits for a twentieth of the table.
alter table operation_events set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000,
    autovacuum_freeze_min_age = 0,
    autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table arquivados set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000, autovacuum_freeze_min_age = 0);
alter table reservas set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
-- Each pedido is updated two or three times and always in columns that are in an index, so no page is left room for updates in
-- place. It keeps its twentieth (V1): the archive keeps the table small.
-- One row that changes with every batch of the archive.
alter table arquivo set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Events leave the table only if the archive has the same events, where nobody can delete them. Looked at for a whole statement:
-- for each row by itself it would cost as much as all the rest of archiving.
create function operation_events_refuse_loss() returns trigger language plpgsql as $$
begin
    if exists (
        select
        from gone g
        where not exists (
            select
            from arquivados k
            join eventos_arquivados a on a.ordem = k.ordem and a.external_id = k.pedido_id
            where k.pedido_id = g.external_id and a.id = g.id
              and (a.event_type, a.payload, a.payload_hash, a.occurred_at, a.conteudo)
                  is not distinct from (g.event_type, g.payload, g.payload_hash, g.occurred_at, g.conteudo)
            offset 0)) then
        raise exception 'operation_events is append-only: % is refused', tg_op;
    end if;
    return null;
end $$;

drop trigger operation_events_append_only on operation_events;
create trigger operation_events_append_only before update or truncate on operation_events
    for each statement execute function operation_events_refuse_change();
create trigger operation_events_no_loss after delete on operation_events
    referencing old table as gone
    for each statement execute function operation_events_refuse_loss();

-- note.sql does not insert an archived id. It cannot see one that is being archived at this moment: its row is gone when the
-- insert looks for it, and the archive is newer than the statement's snapshot. This trigger looks once more, with a snapshot
-- that is newer than the insert. The whole statement fails as a serialization failure, and is repeated.
create function pedidos_refuse_archived() returns trigger language plpgsql as $$
begin
    if exists (
        select
        from inserted i
        cross join lateral (select from arquivados k where k.pedido_id = i.pedido_id offset 0) known
        where i.status = 'PENDING') then
        raise exception 'a new pedido has the id of an archived one' using errcode = 'serialization_failure';
    end if;
    return null;
end $$;

create trigger pedidos_not_archived after insert on pedidos
    referencing new table as inserted
    for each statement execute function pedidos_refuse_archived();
