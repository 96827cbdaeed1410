-- Receivers with a line, each with its head; those that a dead letter holds may be left out.
select
    h.recebedor_id,
    json_build_object(
        'recebedor_id', h.recebedor_id,
        'cabeca', h.pedido_id,
        'status', h.status,
        'aguardando', (select count(*) from pedidos w where w.recebedor_id = h.recebedor_id and w.in_line) - 1,
        'desde', rfc3339(case when h.held then h.ultima_falha_em else coalesce(h.primeira_falha_em, h.aceito_em) end)
    )::text as answer
from (
    select distinct on (recebedor_id)
        recebedor_id, pedido_id, status, held, aceito_em, primeira_falha_em, ultima_falha_em
    from pedidos
    where in_line and recebedor_id > ?
    order by recebedor_id, ordem, pedido_id
) h
where not h.held or ?::boolean
order by h.recebedor_id
limit ?
