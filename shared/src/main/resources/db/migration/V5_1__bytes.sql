-- How large a pedido is, known before it is read: what takes many at once stops at a number of bytes.

-- Of the payload as this database writes it; null: noted before this column was there.
alter table pedidos add column payload_bytes integer;

-- What is still to be published is looked at together, up to 200 at once: its sizes are to be known. The rest is measured when it is read.
update pedidos set payload_bytes = octet_length(payload::text) where relay_at is not null;

create function pedido_bytes(payload_bytes integer, payload jsonb, resultado jsonb) returns integer language sql immutable as $$
    select coalesce(payload_bytes, octet_length(payload::text)) + coalesce(octet_length(resultado::text), 0)
$$;

-- As before, and how many bytes an answer has, about; who asks only for that does not have the answer built.
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
        'itens', p.payload -> 'itens',
        'dados', p.payload -> 'dados',
        'aceito_em', to_char(p.aceito_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'atualizado_em', to_char(p.atualizado_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'proxima_tentativa_em', to_char(p.proxima_tentativa_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'resultado', p.resultado,
        'links', json_build_object(
            'self', '/pedidos/' || p.pedido_id,
            'events', '/pedidos/' || p.pedido_id || '/events')
    )::text as answer,
    1000 + pedido_bytes(p.payload_bytes, p.payload, p.resultado) as answer_bytes
from pedidos p;
