-- Oldest first by id: under the receiver's lock the numbers are given in the order of what happened.
select json_build_object('events', coalesce((
    select json_agg(
        json_build_object(
            'event_type', e.event_type,
            'payload', e.payload,
            'occurred_at', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        order by e.id)
    from operation_events e
    -- Stock and receivers have external ids of the form estoque:<sku>, recebedor:<id>: a pedido may have one as well.
    where e.external_id = p.pedido_id and e.event_type not in ('ESTOQUE_DEFINIDO', 'RECEBEDOR_LIBERADO')), '[]'))::text
from pedidos p
where p.pedido_id = ?
