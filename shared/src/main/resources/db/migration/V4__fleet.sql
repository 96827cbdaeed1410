-- Who works, as each worker says every half second. One whose beat is old is gone, or frozen.
create table workers (
    worker_id      text collate "C" primary key,
    host           text not null,
    pid            bigint not null,
    version        text not null,
    started_at     timestamptz not null default clock_timestamp(),
    heartbeat_at   timestamptz not null default clock_timestamp(),
    shards_active  integer[] not null default '{}',
    -- Of shards_active, each by its place: the number of the subscription, another one with every place in the broker's line
    -- of consumers, and the pedido in hand.
    subscriptions  bigint[] not null default '{}',
    in_hand        text[] not null default '{}',
    shards_standby integer[] not null default '{}',
    per_second     double precision not null default 0
) with (fillfactor = 50);

-- Shards from `shards` up to here get no pedidos any more and are worked on until they are empty; null: none.
alter table fleet add column draining integer check (draining between 1 and 256);

grant select, insert, update, delete on workers to "${app_role}";
