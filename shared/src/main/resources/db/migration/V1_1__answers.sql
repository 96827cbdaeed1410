-- What GET /pedidos/{id} answers, in one place: a single pedido, a page of them and a replayed POST all read it here.
-- Built by the database, so that no program has to map thirteen columns to say what the row already says.

create view pedido_answers as
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
    )::text as answer
from pedidos p;

grant select on pedido_answers to "${app_role}";
