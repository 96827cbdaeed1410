-- One pedido of the archive, by its place. A statement that joins the archive learns the place when it runs: PostgreSQL opens and locks
-- every partition for it, with all indexes, also if nothing is found. Here the place is in the text of the statement, so only one
-- partition is opened.
create function archived_pedido(place bigint, id text) returns setof pedidos_arquivados language plpgsql stable rows 1 as $$
begin
    return query execute format('select * from public.pedidos_arquivados where ordem = %s and pedido_id = $1', place) using id;
end $$;

-- Its events after one of them, in their order; at most so many, all if that is null.
create function archived_events(place bigint, id text, after bigint, most bigint) returns setof eventos_arquivados
language plpgsql stable rows 10 as $$
begin
    return query execute format(
        'select * from public.eventos_arquivados where ordem = %s and external_id = $1 and id > $2 order by id limit $3', place)
    using id, after, most;
end $$;

create or replace function archived_content(id text) returns jsonb language plpgsql stable as $$
begin
    return (
        select e.conteudo
        from arquivados k
        cross join lateral archived_events(k.ordem, k.pedido_id, 0, null) e
        where k.pedido_id = $1 and e.event_type = 'ACCEPTED');
end $$;

-- As V11 has it.
create or replace view known_pedidos as
select
    p.pedido_id, p.ordem, p.status, p.tipo, p.recebedor_id, p.motivo, p.payload_hash,
    pedido_json(p.pedido_id, p.tipo, p.recebedor_id, p.origem, p.status, p.tentativas, p.motivo, c.content,
        p.aceito_em, p.atualizado_em, p.proxima_tentativa_em, p.resultado)::text as answer,
    1000 + pedido_bytes(p.payload_bytes, p.payload, p.resultado) as answer_bytes
from pedidos p
cross join lateral (select content from pedido_content(p.pedido_id, p.payload) as content offset 0) c
union all
select
    k.pedido_id, k.ordem, k.status, p.tipo, p.recebedor_id, p.motivo, k.payload_hash,
    pedido_json(k.pedido_id, p.tipo, p.recebedor_id, p.origem, k.status, p.tentativas, p.motivo, c.content,
        p.aceito_em, p.atualizado_em, p.proxima_tentativa_em, p.resultado)::text,
    1000 + coalesce(pedido_bytes(p.payload_bytes, p.payload, p.resultado), 0)
from arquivados k
left join lateral archived_pedido(k.ordem, k.pedido_id) p on true
cross join lateral (
    select coalesce(p.payload, (
        select e.conteudo
        from archived_events(k.ordem, k.pedido_id, 0, null) e
        where e.event_type = 'ACCEPTED')) as content
    offset 0
) c
where not exists (select from pedidos live where live.pedido_id = k.pedido_id);
