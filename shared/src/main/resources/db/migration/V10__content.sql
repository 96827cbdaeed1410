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

-- A pedido as clients get it.
create function pedido_json(
    pedido_id text, tipo text, recebedor_id text, origem text, status text, tentativas integer, motivo text, content jsonb,
    aceito_em timestamptz, atualizado_em timestamptz, proxima_tentativa_em timestamptz, resultado jsonb)
returns json language sql stable as $$
    select json_build_object(
        'pedido_id', $1,
        'tipo', $2,
        'recebedor_id', $3,
        'origem', $4,
        'status', $5,
        'tentativas', $6,
        'motivo', $7,
        'itens', $8 -> 'itens',
        'dados', $8 -> 'dados',
        'aceito_em', rfc3339($9),
        'atualizado_em', rfc3339($10),
        'proxima_tentativa_em', rfc3339($11),
        'resultado', $12,
        'links', json_build_object('self', '/pedidos/' || $1, 'events', '/pedidos/' || $1 || '/events'))
$$;

create or replace view pedido_answers as
select
    p.pedido_id,
    p.ordem,
    p.status,
    p.tipo,
    p.recebedor_id,
    pedido_json(p.pedido_id, p.tipo, p.recebedor_id, p.origem, p.status, p.tentativas, p.motivo, c.content,
        p.aceito_em, p.atualizado_em, p.proxima_tentativa_em, p.resultado)::text as answer,
    1000 + pedido_bytes(p.payload_bytes, p.payload, p.resultado) as answer_bytes
from pedidos p
-- The offset keeps it one look; who asks only for the size makes none.
cross join lateral (select content from pedido_content(p.pedido_id, p.payload) as content offset 0) c;
