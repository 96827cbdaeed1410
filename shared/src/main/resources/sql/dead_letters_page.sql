-- A page of dead letters, the last failure first: a page of each cause that is wanted, put together. Causes are few.
-- Which causes there are is found by jumping from one to the next. {of_recebedor}: a condition, or nothing.
with recursive causes (motivo, erro_classe, tipo) as (
    (select p.motivo, p.erro_classe, p.tipo
     from pedidos p
     where p.status = 'DEAD_LETTERED' {of_recebedor}
     order by p.motivo, p.erro_classe, p.tipo
     limit 1)
    union all
    select next.*
    from causes c
    cross join lateral (
        select p.motivo, p.erro_classe, p.tipo
        from pedidos p
        where p.status = 'DEAD_LETTERED' {of_recebedor}
          and (p.motivo, p.erro_classe, p.tipo) > (c.motivo, c.erro_classe, c.tipo)
        order by p.motivo, p.erro_classe, p.tipo
        limit 1
    ) next
), wanted as (
    select *
    from causes
    where motivo = coalesce(:motivo::text, motivo)
      and erro_classe = coalesce(:erro_classe::text, erro_classe)
      and tipo = coalesce(:tipo::text, tipo)
)
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
