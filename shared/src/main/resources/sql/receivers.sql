-- Receivers with a line, each with its head, found by jumping from one to the next. {line} is held for receivers that a
-- dead letter may hold, otherwise in_line. A dead letter further back holds nobody yet. Waiting pedidos are counted up
-- to a bound. If the bound of examined receivers is reached, the last one is returned without an answer, and the next
-- page continues after it.
with recursive looked_at (recebedor_id, place) as (
    (select p.recebedor_id, 1
     from pedidos p
     where p.{line} and p.recebedor_id > :after
     order by p.recebedor_id
     limit 1)
    union all
    select next.recebedor_id, l.place + 1
    from looked_at l
    cross join lateral (
        select p.recebedor_id
        from pedidos p
        where p.{line} and p.recebedor_id > l.recebedor_id
        order by p.recebedor_id
        limit 1
    ) next
    where l.place < :most_looked_at
), page as (
    select head.*
    from looked_at l
    cross join lateral (
        select p.recebedor_id, p.pedido_id, p.status, p.begun, p.held, p.aceito_em, p.primeira_falha_em, p.ultima_falha_em
        from pedidos p
        where p.recebedor_id = l.recebedor_id and p.in_line
        order by p.ordem, p.pedido_id
        limit 1
    ) head
    where head.held = coalesce(:retido::boolean, head.held)
    order by head.recebedor_id
    limit :rows
)
select
    h.recebedor_id,
    json_build_object(
        'recebedor_id', h.recebedor_id,
        'cabeca', h.pedido_id,
        'status', visible_status(h.status, h.begun, h.pedido_id),
        'aguardando', (
            select count(*)
            from (
                select from pedidos w where w.recebedor_id = h.recebedor_id and w.in_line limit :most_counted + 1
            ) line) - 1,
        'desde', rfc3339(case when h.held then h.ultima_falha_em else coalesce(h.primeira_falha_em, h.aceito_em) end)
    )::text as answer
from page h
union all
select max(recebedor_id), null from looked_at having count(*) = :most_looked_at
order by recebedor_id, answer
