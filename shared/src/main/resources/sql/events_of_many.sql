-- The events of these pedidos, and of the pedidos of these receivers, in a window of ids. The window bounds what is
-- read, the bytes bound what is returned: at least one event, and `so_far` of the last one tells if it ended there.
-- Every offset keeps a step as it is written: for each event of the window one probe for its pedido. Stock, receivers
-- and messages have events as well, and a pedido may have the id of one of them: the types tell. The archive is asked
-- only by a window that begins before its newest event.
select id, pedido_id, recebedor_id, event_type, data, so_far
from (
    select
        e.id,
        e.external_id as pedido_id,
        pedido.recebedor_id,
        e.event_type,
        written.data,
        sum(octet_length(written.data)) over (order by e.id) as so_far,
        octet_length(written.data) as size
    from (
        select *
        from (
            (select id, external_id, event_type, payload, occurred_at
             from operation_events
             where id > :after and id <= :until)
            union all
            (select id, external_id, event_type, payload, occurred_at
             from eventos_arquivados
             where id > :after and id <= :until and :after < (select ultimo_evento from arquivo))
            order by id offset 0
        ) window_of_ids
        where event_type in ({own}, 'CONFLICT')
        offset 0
    ) e
    cross join lateral (
        (select p.recebedor_id from pedidos p where p.pedido_id = e.external_id)
        union all
        (select p.recebedor_id
         from arquivados k
         join pedidos_arquivados p on p.ordem = k.ordem and p.pedido_id = k.pedido_id
         where k.pedido_id = e.external_id)
        limit 1
    ) pedido
    cross join lateral (
        select {sql/event_json} as data
        offset 0
    ) written
    where e.external_id in (select unnest(:pedidos::text[]))
       or pedido.recebedor_id in (select unnest(:recebedores::text[]))
) found
where so_far - size < :bytes
order by id
