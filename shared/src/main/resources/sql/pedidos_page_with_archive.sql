-- As pedidos_page.sql, with the archive: of each wanted tipo and status a page of both, in one snapshot. Partitions are read
-- newest first, and no further than the page goes.
with recursive {sql/present_tipos}, archived (tipo) as (
    (select p.tipo from pedidos_arquivados p where true {of_recebedor} order by p.tipo limit 1)
    union all
    select next.tipo
    from archived
    cross join lateral (
        select p.tipo from pedidos_arquivados p where p.tipo > archived.tipo {of_recebedor} order by p.tipo limit 1
    ) next
), wanted (tipo) as (
    select :tipo::text where :tipo::text is not null
    union
    select tipo from present where :tipo::text is null
    union
    select tipo from archived where :tipo::text is null
)
select
    page.ordem,
    page.pedido_id,
    (select k.answer_bytes from known_pedidos k where k.pedido_id = page.pedido_id) as answer_bytes,
    0::bigint as ultima_ordem
from (
    select place.ordem, place.pedido_id
    from wanted
    cross join unnest(:states::text[]) states (status)
    cross join lateral (
        (select p.ordem, p.pedido_id
         from pedidos p
         where p.tipo = wanted.tipo
           and p.status = states.status
           {shown}
           and (p.ordem, p.pedido_id) < (:ordem::bigint, :pedido_id::text)
           {of_recebedor}
         order by p.ordem desc, p.pedido_id desc
         limit :rows)
        union all
        (select p.ordem, p.pedido_id
         from pedidos_arquivados p
         where p.tipo = wanted.tipo
           and p.status = states.status
           and p.ordem <= :ordem::bigint
           and (p.ordem, p.pedido_id) < (:ordem::bigint, :pedido_id::text)
           {of_recebedor}
         order by p.ordem desc, p.pedido_id desc
         limit :rows)
    ) place
    order by place.ordem desc, place.pedido_id desc
    limit :rows
) page
order by page.ordem desc, page.pedido_id desc
