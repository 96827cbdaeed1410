-- A page of pedidos, newest first: their places and sizes. It merges one page of each wanted tipo and status. Each is a
-- few neighbouring entries of an index, whatever the size of the table and the filter. {of_recebedor}: a condition,
-- or nothing. {shown}: a condition that leaves out the pedidos that are shown as PROCESSING, or nothing. A page that goes below
-- ultima_ordem is read by pedidos_page_with_archive.sql.
with recursive {sql/present_tipos}, wanted (tipo) as (
    select :tipo::text where :tipo::text is not null
    union all
    select tipo from present where :tipo::text is null
)
select
    page.ordem,
    page.pedido_id,
    (select a.answer_bytes from pedido_answers a where a.pedido_id = page.pedido_id) as answer_bytes,
    (select ultima_ordem from arquivo) as ultima_ordem
from (
    select place.ordem, place.pedido_id
    from wanted
    cross join unnest(:states::text[]) states (status)
    cross join lateral (
        select p.ordem, p.pedido_id
        from pedidos p
        where p.tipo = wanted.tipo
          and p.status = states.status
          {shown}
          and (p.ordem, p.pedido_id) < (:ordem::bigint, :pedido_id::text)
          {of_recebedor}
        order by p.ordem desc, p.pedido_id desc
        limit :rows
    ) place
    order by place.ordem desc, place.pedido_id desc
    limit :rows
) page
order by page.ordem desc, page.pedido_id desc
