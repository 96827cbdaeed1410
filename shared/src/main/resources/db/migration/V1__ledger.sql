-- The ledger: what is true about every pedido. docs/lifecycle.md tells the states, docs/architecture.md the locks.
-- Identifiers compare by bytes ("C"): programs and database then sort skus alike, and nobody deadlocks.

create table pedidos (
    pedido_id            text collate "C" primary key,
    -- Acceptance order within the receiver, in microseconds of the database's clock; given by sql/note.sql alone.
    ordem                bigint not null,
    tipo                 text collate "C" not null,
    recebedor_id         text collate "C" not null,
    origem               text collate "C" not null,
    status               text collate "C" not null default 'PENDING'
        check (status in ('PENDING', 'PROCESSING', 'RETRYING', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED', 'DISCARDED', 'CANCELLED')),
    -- Raised by a redrive; with tentativas it tells a current message from a stale copy.
    ciclo                integer not null default 0 check (ciclo >= 0),
    -- Attempts made in this ciclo.
    tentativas           integer not null default 0 check (tentativas >= 0),
    motivo               text,
    -- {"itens": [...], "dados": {...}}; the other fields are columns.
    payload              jsonb not null,
    -- SHA-256 of the canonical content; see PayloadHash.
    payload_hash         bytea not null,
    resultado            jsonb,
    -- A worker met it before its turn and acknowledged it: whoever finishes the one before it goes on with it.
    parked               boolean not null default false,
    -- When the relay publishes it unless something happens first; null: the broker has what it needs to have.
    relay_at             timestamptz,
    aceito_em            timestamptz not null default clock_timestamp(),
    atualizado_em        timestamptz not null default clock_timestamp(),
    proxima_tentativa_em timestamptz,
    -- The noting transaction, and the oldest one that it could not see the end of: a pedido noted in a transaction below
    -- another's noted_after was committed before that other was noted. `verify` judges order by it.
    noted_in             xid8 not null default pg_current_xact_id(),
    noted_after          xid8 not null default pg_snapshot_xmin(pg_current_snapshot())
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Who is the head of this receiver: only unfinished ones, so the probe stays cheap however large the table grows.
create index pedidos_unfinished on pedidos (recebedor_id, ordem, pedido_id)
    where status in ('PENDING', 'PROCESSING', 'RETRYING');
create index pedidos_relay on pedidos (relay_at) where relay_at is not null;
create index pedidos_newest on pedidos (ordem, pedido_id);
create index pedidos_of_recebedor on pedidos (recebedor_id, ordem, pedido_id);

-- Append-only: every change of state, in the transaction that made it.
create table operation_events (
    -- Given under the receiver's lock: for two effects of one receiver, the order in which they took effect.
    id           bigint generated always as identity,
    external_id  text collate "C" not null,
    event_type   text collate "C" not null,
    payload      jsonb not null,
    payload_hash bytea not null,
    occurred_at  timestamptz not null default clock_timestamp(),
    primary key (external_id, event_type, payload_hash)
);

-- The effect's own key: a second effect of the same pedido cannot be committed.
create unique index operation_events_one_effect on operation_events (external_id)
    where event_type in ('COMPLETED', 'REJECTED');

create function operation_events_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'operation_events is append-only: % is refused', tg_op;
end $$;

create trigger operation_events_append_only before update or delete or truncate on operation_events
    for each statement execute function operation_events_refuse_change();

-- Half-filled pages: the counters of a busy sku change in place (HOT) without touching the index.
create table estoque (
    sku        text collate "C" primary key,
    disponivel bigint not null check (disponivel >= 0),
    reservado  bigint not null default 0 check (reservado >= 0)
) with (fillfactor = 50);

create table reservas (
    pedido_id  text collate "C" not null,
    sku        text collate "C" not null,
    quantidade bigint not null check (quantidade > 0),
    primary key (pedido_id, sku)
);

-- The tipos that a worker with a handler for them has registered.
create table tipos (
    tipo          text collate "C" primary key,
    registered_at timestamptz not null default clock_timestamp()
);

-- One row: what every process of the fleet must agree on.
create table fleet (
    singleton boolean primary key default true check (singleton),
    shards    integer not null check (shards between 1 and 256)
);

-- The programs' own role, where it is another one than the owner.
grant usage on schema public to "${app_role}";
grant select, insert, update on pedidos, estoque, tipos, fleet to "${app_role}";
grant select, insert, delete on reservas to "${app_role}";
grant select, insert on operation_events to "${app_role}";
