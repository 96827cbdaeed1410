-- The events are enough to rebuild the rows (./pedidos replay). The content of a pedido was missing there: from now on it is
-- stored once, in the event of its acceptance, and not in the row, which is written again at each change of state.
--
-- What events of before this version lack: the content, which stays in pedidos.payload, so that a replay takes it from there;
-- the SHA-256 of the content (payload_hash of ACCEPTED was that of the event); `unnoted` and `ordered`.

-- Of ACCEPTED: {"itens": [...], "dados": {...}}. Null: another event, or one of before this version. A column of its own, so that
-- no page and no stream of events carries it.
alter table operation_events add column conteudo jsonb;

-- Null: the content is in the event.
alter table pedidos alter column payload drop not null;

-- The content of a pedido, wherever it is. One row; as a set it is put into the plan of the statement that calls it.
create function pedido_content(id text, payload jsonb) returns setof jsonb language sql stable as $$
    select coalesce(
        $2, (select e.conteudo from operation_events e where e.external_id = $1 and e.event_type = 'ACCEPTED'))
$$;

create or replace view pedido_answers as
select
    p.pedido_id,
    p.ordem,
    p.status,
    p.tipo,
    p.recebedor_id,
    json_build_object(
        'pedido_id', p.pedido_id,
        'tipo', p.tipo,
        'recebedor_id', p.recebedor_id,
        'origem', p.origem,
        'status', p.status,
        'tentativas', p.tentativas,
        'motivo', p.motivo,
        'itens', c.content -> 'itens',
        'dados', c.content -> 'dados',
        'aceito_em', to_char(p.aceito_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'atualizado_em', to_char(p.atualizado_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'proxima_tentativa_em', to_char(p.proxima_tentativa_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'resultado', p.resultado,
        'links', json_build_object(
            'self', '/pedidos/' || p.pedido_id,
            'events', '/pedidos/' || p.pedido_id || '/events')
    )::text as answer,
    1000 + pedido_bytes(p.payload_bytes, p.payload, p.resultado) as answer_bytes
from pedidos p
-- The offset keeps it one look; who asks only for the size makes none.
cross join lateral (select content from pedido_content(p.pedido_id, p.payload) as content offset 0) c;
