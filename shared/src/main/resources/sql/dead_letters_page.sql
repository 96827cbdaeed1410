-- A page of dead letters, the last failure first. Continues dead_letter_causes.sql: a page of each cause, put together.
select
    page.ultima_falha_em,
    page.pedido_id,
    (select a.answer from dead_letter_answers a where a.pedido_id = page.pedido_id) as answer
from (
    select place.ultima_falha_em, place.pedido_id
    from wanted
    cross join lateral (
        select p.ultima_falha_em, p.pedido_id
        from pedidos p
        where p.status = 'DEAD_LETTERED'
          and p.motivo = wanted.motivo
          and p.erro_classe = wanted.erro_classe
          and p.tipo = wanted.tipo
          and p.ultima_falha_em >= :desde::timestamptz
          and p.ultima_falha_em < :ate::timestamptz
          and (p.ultima_falha_em, p.pedido_id) < (:after_em::timestamptz, :after_id::text)
          {of_recebedor}
        order by p.ultima_falha_em desc, p.pedido_id desc
        limit :rows
    ) place
    order by place.ultima_falha_em desc, place.pedido_id desc
    limit :rows
) page
order by page.ultima_falha_em desc, page.pedido_id desc
