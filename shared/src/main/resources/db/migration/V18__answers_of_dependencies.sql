-- Answers of other systems, kept for the handlers that ask the same: one question of the fleet at a time, one row for each.
create table respostas (
    dependencia      text collate "C" not null,
    -- What was asked.
    chave            text collate "C" not null,
    -- Null until it is answered for the first time.
    resposta         jsonb,
    consultado_em    timestamptz,
    -- How long the answer serves; before the first answer, how long the row is needed.
    vale_ate         timestamptz not null,
    -- The pedido in whose name it is being asked now, and the worker that asks. What a dead worker began counts no more.
    consultado_por   text collate "C",
    worker_id        text collate "C",
    consulta_ate     timestamptz,
    primary key (dependencia, chave)
) with (fillfactor = 70);

create index respostas_old on respostas (vale_ate);
create index respostas_asked on respostas (consultado_por) where consultado_por is not null;

-- Until when no worker calls a system that wants to be left alone.
create table pausas (
    dependencia text collate "C" primary key,
    ate         timestamptz not null
);

-- A pedido is shown as PROCESSING while its attempt goes on, if that can be seen: the attempt began with a mark, or a living worker
-- is asking another system in its name. That is not stored.
create function visible_status(status text, begun text, pedido_id text) returns text language sql as $$
    select case
        when $1 in ('PENDING', 'RETRYING')
            and ($2 is not null
                or exists (
                    select
                    from respostas r
                    where r.consultado_por = $3 and r.consulta_ate > clock_timestamp() and worker_lives(r.worker_id)))
        then 'PROCESSING'
        else $1
    end
$$;

create or replace view pedido_answers as
select
    p.pedido_id,
    p.ordem,
    p.status,
    p.tipo,
    p.recebedor_id,
    pedido_json(p.pedido_id, p.tipo, p.recebedor_id, p.origem, visible_status(p.status, p.begun, p.pedido_id),
        p.tentativas, p.motivo, c.content, p.aceito_em, p.atualizado_em, p.proxima_tentativa_em, p.resultado)::text as answer,
    1000 + pedido_bytes(p.payload_bytes, p.payload, p.resultado) as answer_bytes
from pedidos p
-- The offset keeps it one look; who asks only for the size makes none.
cross join lateral (select content from pedido_content(p.pedido_id, p.payload) as content offset 0) c;

grant select, insert, update, delete on respostas to "${app_role}";
grant select, insert, update on pausas to "${app_role}";
