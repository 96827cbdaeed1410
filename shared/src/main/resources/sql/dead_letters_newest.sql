-- A page of all dead letters, the last failure first.
select
    page.ultima_falha_em,
    page.pedido_id,
    (select a.answer from dead_letter_answers a where a.pedido_id = page.pedido_id) as answer
from (
    select p.ultima_falha_em, p.pedido_id
    from pedidos p
    where p.status = 'DEAD_LETTERED'
      and p.ultima_falha_em >= :desde::timestamptz
      and p.ultima_falha_em < :ate::timestamptz
      and (p.ultima_falha_em, p.pedido_id) < (:after_em::timestamptz, :after_id::text)
    order by p.ultima_falha_em desc, p.pedido_id desc
    limit :rows
) page
order by page.ultima_falha_em desc, page.pedido_id desc
