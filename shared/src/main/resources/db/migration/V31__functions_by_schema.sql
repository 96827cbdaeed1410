-- The functions that run as the owner name the schema of every table, and look for functions and operators in pg_catalog alone. Where
-- anybody may create objects in public, a function of theirs with closer types would be preferred to PostgreSQL's and run as the owner.
create or replace function open_archive_month(mes date) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
    since bigint := extract(epoch from mes::timestamp at time zone 'UTC') * 1000000;
    until bigint := extract(epoch from (mes + interval '1 month')::timestamp at time zone 'UTC') * 1000000;
    parent text;
    part text;
begin
    foreach parent in array array['pedidos_arquivados', 'eventos_arquivados', 'reservas_arquivadas'] loop
        part := parent || to_char(mes, '_YYYY_MM');
        if to_regclass('public.' || part) is null then
            -- Rows that hardly change: they are frozen soon and in small pieces, so that no vacuum ever has to read them all again.
            execute format(
                'create table public.%I (like public.%I including defaults) with (autovacuum_vacuum_insert_scale_factor = 0,'
                ' autovacuum_vacuum_insert_threshold = 200000, autovacuum_freeze_min_age = 0)', part, parent);
            if parent = 'eventos_arquivados' then
                execute format(
                    'create trigger eventos_arquivados_append_only before update or delete or truncate on public.%I'
                    ' for each statement execute function public.eventos_arquivados_refuse_change()', part);
            end if;
            execute format(
                'alter table public.%I attach partition public.%I for values from (%s) to (%s)', parent, part, since, until);
        end if;
    end loop;
end $$;

-- As V11 has it.
create or replace function archive_pedidos(ids text[]) returns integer language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
    batch text[];
    copied bigint[];
begin
    select array_agg(locked.pedido_id) into batch
    from (
        select p.pedido_id
        from public.pedidos p
        where p.pedido_id = any(ids) and p.status in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DISCARDED')
        order by p.pedido_id
        for update skip locked
    ) locked;
    if batch is null then
        return 0;
    end if;

    insert into public.arquivados (pedido_id, ordem, status, payload_hash)
    select p.pedido_id, p.ordem, p.status, p.payload_hash
    from public.pedidos p
    where p.pedido_id = any(batch)
    order by p.pedido_id
    on conflict (pedido_id) do update set status = excluded.status;

    with copies as (
        insert into public.eventos_arquivados
        select p.ordem, e.*
        from unnest(batch) g (pedido_id)
        join public.pedidos p using (pedido_id)
        join public.operation_events e on e.external_id = g.pedido_id
        where e.event_type in ('ACCEPTED', 'PROCESSING', 'RETRY_SCHEDULED', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED',
            'REDRIVEN', 'DISCARDED', 'CANCELLED', 'CONFLICT')
        returning id
    )
    select array_agg(id) into copied from copies;
    delete from public.operation_events where id = any(copied);

    with gone as (
        delete from public.reservas where pedido_id = any(batch) returning *
    )
    insert into public.reservas_arquivadas
    select p.ordem, gone.* from gone join public.pedidos p using (pedido_id);

    with gone as (
        delete from public.pedidos where pedido_id = any(batch) returning *
    ), moved as (
        insert into public.pedidos_arquivados select * from gone returning ordem
    )
    update public.arquivo
    set ultima_ordem = greatest(ultima_ordem, (select max(ordem) from moved)),
        ultimo_evento = greatest(ultimo_evento, (select max(id) from unnest(copied) as id));

    return cardinality(batch);
end $$;

-- As V11 has it.
create or replace function unarchive_pedido(pedido text) returns boolean language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
    place bigint := (select k.ordem from public.arquivados k where k.pedido_id = pedido);
    columns text;
begin
    if not exists (select from public.pedidos_arquivados a where a.ordem = place and a.pedido_id = pedido) then
        return false;
    end if;
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute
    where attrelid = 'public.pedidos'::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    execute format(
        'with gone as (delete from public.pedidos_arquivados where ordem = $1 and pedido_id = $2 returning *)'
        ' insert into public.pedidos (%s) select %s from gone', columns, columns)
    using place, pedido;
    with gone as (
        delete from public.reservas_arquivadas r where r.ordem = place and r.pedido_id = pedido
        returning r.pedido_id, r.sku, r.quantidade
    )
    insert into public.reservas (pedido_id, sku, quantidade)
    select gone.pedido_id, gone.sku, gone.quantidade from gone;
    return true;
end $$;

-- The triggers that those functions set off: they run as the owner, and look where those look.
create or replace function operation_events_refuse_loss() returns trigger language plpgsql as $$
begin
    if exists (
        select
        from gone g
        where not exists (
            select
            from public.arquivados k
            join public.eventos_arquivados a on a.ordem = k.ordem and a.external_id = k.pedido_id
            where k.pedido_id = g.external_id and a.id = g.id
              and (a.event_type, a.payload, a.payload_hash, a.occurred_at, a.conteudo)
                  is not distinct from (g.event_type, g.payload, g.payload_hash, g.occurred_at, g.conteudo)
            offset 0)) then
        raise exception 'operation_events is append-only: % is refused', tg_op;
    end if;
    return null;
end $$;

create or replace function pedidos_refuse_archived() returns trigger language plpgsql as $$
begin
    if exists (
        select
        from inserted i
        cross join lateral (select from public.arquivados k where k.pedido_id = i.pedido_id offset 0) known
        where i.status = 'PENDING') then
        raise exception 'a new pedido has the id of an archived one' using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
