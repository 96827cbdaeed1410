-- Pedidos that a client has cancelled. A row is inserted with the cancellation itself (sql/note.sql), perhaps before the
-- pedido arrives. A worker reads it in the pedido's turn.
create table cancelamentos (
    pedido_id text collate "C" primary key,
    -- The pedido of tipo cancelamento.
    por       text collate "C" not null,
    aceito_em timestamptz not null default clock_timestamp()
);

-- A worker has a handler for this tipo that can undo a COMPLETED pedido.
alter table tipos add column desfaz boolean not null default false;

grant select, insert on cancelamentos to "${app_role}";
