-- Operations: what the events of each give (docs/lifecycle.md). The events themselves are in operation_events, under the
-- external_id operacao/<external_id> and with event types of their own (OPERACAO_CREATED ...): no id of a pedido has a
-- slash, and the key of a pedido's one effect does not see them. So the large table needs no new index.

create table operations (
    external_id    text collate "C" primary key,
    -- Its place in lists: that of the first event that came.
    ordem          bigint not null,
    recebedor_id   text collate "C" not null,
    -- Null: no event was applied yet.
    status         text collate "C" check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'REJECTED')),
    -- Applied events.
    version        bigint not null default 0 check (version >= 0),
    valor_centavos bigint check (valor_centavos >= 0),
    motivo         text,
    criado_em      timestamptz not null default clock_timestamp(),
    atualizado_em  timestamptz not null default clock_timestamp()
) with (fillfactor = 80);

-- A page costs the same however many operations there are: it puts together a page of each state.
create index operations_of_status on operations (coalesce(status, ''), ordem, external_id);
create index operations_of_recebedor on operations (recebedor_id, coalesce(status, ''), ordem, external_id);

-- What became of each event that a worker has seen.
create table operation_outcomes (
    external_id  text collate "C" not null,
    event_type   text collate "C" not null,
    payload_hash bytea not null,
    -- Of operation_events: the order in which the events were received.
    event_id     bigint not null,
    estado       text collate "C" not null check (estado in ('APPLIED', 'WAITING', 'REFUSED')),
    -- Why it was refused.
    motivo       text,
    primary key (external_id, event_type, payload_hash)
);
create index operation_outcomes_waiting on operation_outcomes (external_id, event_id) where estado = 'WAITING';

-- What GET /operations/{external_id} answers.
create view operation_answers as
select
    o.external_id,
    o.ordem,
    json_build_object(
        'external_id', o.external_id,
        'recebedor_id', o.recebedor_id,
        'status', o.status,
        'version', o.version,
        'valor_centavos', o.valor_centavos,
        'motivo', o.motivo,
        'criado_em', rfc3339(o.criado_em),
        'atualizado_em', rfc3339(o.atualizado_em),
        'links', json_build_object(
            'self', '/operations/' || o.external_id,
            'events', '/operations/' || o.external_id || '/events')
    )::text as answer
from operations o;

grant select, insert, update on operations, operation_outcomes to "${app_role}";
grant select on operation_answers to "${app_role}";
