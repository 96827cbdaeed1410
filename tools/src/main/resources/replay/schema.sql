-- The tables that a replay builds, beside those in use. Nothing of it is written to the log: after a crash a replay begins again.
drop schema if exists replay cascade;
create schema replay;

create view replay.events as {source};
-- The one place where a replay reads rows that may be large in number.
create view replay.stored_pedidos as select * from public.todos_pedidos;
create view replay.stored_reservas as select * from public.todas_reservas;

-- A row as the events give it; the columns have the names of public.pedidos.
create unlogged table replay.pedidos (
    pedido_id            text collate "C" primary key,
    ordem                bigint,
    tipo                 text collate "C",
    recebedor_id         text collate "C",
    origem               text collate "C",
    payload_hash         bytea,
    ordered              boolean,
    unnoted              boolean,
    aceito_em            timestamptz,
    has_content          boolean,
    status               text collate "C",
    ciclo                integer,
    tentativas           integer,
    motivo               text,
    resultado            jsonb,
    held                 boolean,
    agendamento          integer,
    proxima_tentativa_em timestamptz,
    atualizado_em        timestamptz,
    erro_classe          text,
    erro_mensagem        text,
    primeira_falha_em    timestamptz,
    ultima_falha_em      timestamptz
) with (fillfactor = 70);

create unlogged table replay.reservas (
    pedido_id  text collate "C",
    sku        text collate "C",
    -- 0: released.
    quantidade bigint not null,
    primary key (pedido_id, sku)
);

create unlogged table replay.estoque (
    sku        text collate "C" primary key,
    disponivel bigint not null,
    reservado  bigint not null
) with (fillfactor = 50);

-- Moves that are not added up yet, of any tipo.
create unlogged table replay.moves (
    pedido_id text collate "C",
    sign      integer,
    reservas  jsonb
);
create unlogged table replay.stock_set (
    sku   text collate "C",
    delta bigint
);

create unlogged table replay.operations (
    external_id    text collate "C" primary key,
    recebedor_id   text collate "C",
    status         text collate "C",
    version        bigint not null,
    valor_centavos bigint,
    motivo         text
);

create unlogged table replay.operation_outcomes (
    external_id  text collate "C",
    event_type   text collate "C",
    payload_hash bytea,
    event_id     bigint not null,
    estado       text collate "C" not null,
    motivo       text,
    primary key (external_id, event_type, payload_hash)
);

-- Nobody knows any more in which order workers decided about their events: pedidos of dropped months. They stay as they are.
create unlogged table replay.dropped_operations (external_id text collate "C" primary key);

create unlogged table replay.differences (
    projection text not null,
    id         text collate "C" not null,
    what       text not null
);

-- For what differs: the ids, and the rows as the events give them while nobody else writes.
create unlogged table replay.keys (id text collate "C" primary key);
create unlogged table replay.mended (like replay.pedidos including all);
create unlogged table replay.key_events (like replay.events);

-- The row and its event read the clock one after the other in one statement, which may take 30 seconds.
create function replay.apart(one timestamptz, other timestamptz) returns boolean language sql immutable as $$
    select (one is null) <> (other is null) or one - other not between interval '-30 seconds' and interval '30 seconds'
$$;
