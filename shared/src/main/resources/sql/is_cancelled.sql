-- Whether the pedido, the row p, is cancelled. A cancellation is remembered for 30 days before its pedido arrives.
exists (
    select from cancelamentos c
    where c.pedido_id = p.pedido_id and c.aceito_em > p.aceito_em - interval '30 days')
