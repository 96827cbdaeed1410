-- Rates of calls to dependencies, for the whole fleet: docs/decisions/0051-limits.md.

-- What the PEDIDOS_LIMITES of each worker says, written again every second. The strictest of those that are new holds.
create table limites (
    worker_id   text collate "C" not null,
    dependencia text collate "C" not null,
    chamadas    integer not null check (chamadas between 1 and 10000),
    janela_ms   bigint not null check (janela_ms > 0),
    visto_em    timestamptz not null,
    primary key (worker_id, dependencia)
) with (fillfactor = 50);

-- A limit of N calls in a window is N places. Each call takes one, which is free again a window later.
create table limite_vagas (
    dependencia text collate "C" not null,
    vaga        integer not null check (vaga >= 0),
    livre_em    timestamptz not null default '1970-01-01',
    primary key (dependencia, vaga)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);

create index limite_vagas_livres on limite_vagas (dependencia, livre_em);

-- The pedidos that wait for a place. Inserted by the transaction that puts the pedido off.
create table esperas (
    pedido_id   text collate "C" primary key,
    dependencia text collate "C" not null,
    -- The scheduling that waits. If its row has another one, the pedido waits no more.
    ciclo       integer not null,
    agendamento integer not null,
    -- Its task or its receiver: each of them gets its share.
    grupo       text collate "C" not null,
    -- Its place in the line, counted within its group: those of all groups with the same number come first, second and so on.
    ficha       bigint not null,
    desde       timestamptz not null default clock_timestamp(),
    -- When a place for it was near: it takes one as soon as its message has come to a worker.
    chamado_em  timestamptz
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);

create index esperas_em_ordem on esperas (dependencia, ficha, desde);
create index esperas_do_grupo on esperas (dependencia, grupo, ficha);
create index esperas_chamadas on esperas (dependencia, chamado_em) where chamado_em is not null;

grant select, insert, update, delete on limites, esperas to "${app_role}";
grant select, insert, update on limite_vagas to "${app_role}";
