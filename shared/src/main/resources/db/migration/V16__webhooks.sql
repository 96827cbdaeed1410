-- Webhooks. What is to be delivered is inserted in the transaction of the change that it tells, by triggers: no statement that
-- ends a pedido can forget it. Of a pedido without a callback_url a trigger costs one comparison.

-- From the content, so that triggers need not look there. Null: no webhooks.
alter table pedidos add column callback_url text;
alter table pedidos_arquivados add column callback_url text;
alter table tasks add column callback_url text;

create or replace view todos_pedidos as
select * from pedidos
union all
select * from pedidos_arquivados;

create table webhooks (
    -- Sent as webhook-id: the same at every attempt.
    webhook_id   text collate "C" primary key default gen_random_uuid()::text,
    -- Its place in lists.
    ordem        bigint generated always as identity,
    tipo         text collate "C" not null,
    -- One of the two.
    pedido_id    text collate "C",
    task_id      text collate "C",
    url          text not null,
    -- Scheme, host and port of the url: what one server answers for.
    endpoint     text collate "C" not null,
    -- As it is sent. Written once: every attempt sends the same.
    corpo        text not null,
    status       text collate "C" not null default 'PENDING'
        check (status in ('PENDING', 'DELIVERED', 'GONE', 'FAILED')),
    -- Raised when an operator sends it again; with tentativas it tells a late answer from that of the attempt in hand.
    ciclo        integer not null default 0,
    -- Attempts that were begun in this ciclo.
    tentativas   integer not null default 0,
    criado_em    timestamptz not null default clock_timestamp(),
    -- When it is due. While an attempt is in hand: when another worker may begin one, should this one die.
    proxima_em   timestamptz not null default clock_timestamp(),
    -- The beginning of its ciclo: from here on it is tried for as long as PEDIDOS_WEBHOOK_PRAZO says.
    desde        timestamptz not null default clock_timestamp(),
    terminado_em timestamptz,
    -- The last answer: its status and beginning, or why there was none.
    http_status  integer,
    resposta     text,
    erro         text collate "C",
    duracao_ms   integer
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- What is due of one endpoint, and the endpoints themselves: their next one is found with one probe.
create index webhooks_due on webhooks (endpoint, proxima_em) where status = 'PENDING';
create index webhooks_of_status on webhooks (status, ordem);
create index webhooks_ended on webhooks (terminado_em) where terminado_em is not null;

-- scheme://host:port in lower case; the same text as CallbackUrl.endpoint().
create function webhook_endpoint(url text) returns text language sql immutable as $$
    select lower(parts[1] || '://' || parts[2])
        || coalesce(parts[3], case lower(parts[1]) when 'https' then ':443' else ':80' end)
    from regexp_match($1, '^(https?)://(\[[^]]*\]|[^/?:]*)(:[0-9]+)?', 'i') as parts
$$;

create function webhook_insert(tipo text, pedido_id text, task_id text, url text, data json)
returns void language sql as $$
    insert into webhooks (tipo, pedido_id, task_id, url, endpoint, corpo)
    values ($1, $2, $3, $4, webhook_endpoint($4),
        json_build_object('type', $1, 'timestamp', rfc3339(clock_timestamp()), 'data', $5)::text)
$$;

-- The condition of a trigger is read from its text again by each statement, so this one is short; the rest is here.
create function pedido_calls_back() returns trigger language plpgsql as $$
begin
    if new.status = old.status or new.status not in ('COMPLETED', 'REJECTED', 'DEAD_LETTERED', 'CANCELLED') then
        return null;
    end if;
    perform webhook_insert(
        'pedido.' || lower(new.status), new.pedido_id, null, new.callback_url,
        pedido_json(new.pedido_id, new.tipo, new.recebedor_id, new.origem, new.status, new.tentativas, new.motivo, c.content,
            new.aceito_em, new.atualizado_em, new.proxima_tentativa_em, new.resultado))
    from pedido_content(new.pedido_id, new.payload) as c (content);
    return null;
end $$;

create trigger pedidos_call_back after update of status on pedidos
    for each row when (new.callback_url is not null)
    execute function pedido_calls_back();

-- The same object as task_answers, with the counts of the fold that ended the task.
create function task_calls_back() returns trigger language plpgsql as $$
begin
    perform webhook_insert(
        'task.finished', null, new.task_id, new.callback_url,
        json_build_object(
            'task_id', new.task_id,
            'status', new.status,
            'total', new.total,
            'feitos', new.feitos,
            'falhos', new.falhos,
            'adiados', new.adiados,
            'percentual', trunc(100.0 * (new.feitos + new.falhos) / new.total, 1),
            'criado_em', rfc3339(new.criado_em),
            'iniciado_em', rfc3339(new.iniciado_em),
            'terminado_em', rfc3339(new.terminado_em),
            'previsto_em', null,
            'links', json_build_object(
                'self', '/tasks/' || new.task_id,
                'items', '/tasks/' || new.task_id || '/items')));
    return null;
end $$;

-- If dead letters of a task are redriven or discarded, it is finished again.
create trigger tasks_call_back after update of terminado_em, status on tasks
    for each row when (
        new.callback_url is not null
        and new.terminado_em is not null
        and (old.terminado_em is null or new.status is distinct from old.status))
    execute function task_calls_back();

-- What GET /webhooks answers. The query of the url may hold a token of the client.
create view webhook_answers as
select w.webhook_id, w.ordem, w.status, json_build_object(
    'webhook_id', w.webhook_id,
    'type', w.tipo,
    'pedido_id', w.pedido_id,
    'task_id', w.task_id,
    'url', split_part(w.url, '?', 1),
    'status', w.status,
    'tentativas', w.tentativas,
    'criado_em', rfc3339(w.criado_em),
    'proxima_tentativa_em', rfc3339(case when w.status = 'PENDING' then w.proxima_em end),
    'terminado_em', rfc3339(w.terminado_em),
    'http_status', w.http_status,
    'resposta', w.resposta,
    'erro', w.erro,
    'duracao_ms', w.duracao_ms,
    'links', json_build_object('redeliver', '/webhooks/' || w.webhook_id || '/redeliver'))::text as answer
from webhooks w;

grant select, insert, update, delete on webhooks to "${app_role}";
grant select on webhook_answers to "${app_role}";
