-- The targets of the cancellations among these pedidos, if this transaction has inserted them. It is committed with them: a search for
-- the cancelled pedido after that finds one of the two. Only under the id that belongs to the cancelled one, which Cancelamento gives.
-- It is planned by the ids (decision 0061).
insert into cancelamentos (pedido_id, por, aceito_em)
select c.cancela, c.pedido_id, c.aceito_em
from (
    select p.pedido_id, p.aceito_em, content -> 'dados' ->> 'pedido_id' as cancela
    from pedidos p
    cross join lateral pedido_content(p.pedido_id, p.payload) as content
    where p.pedido_id = any (?::text[]) and p.tipo || '' = 'cancelamento' and p.noted_in = pg_current_xact_id()
    offset 0
) c
where c.pedido_id = 'cancelamento:' || left(encode(sha256(convert_to(c.cancela, 'UTF8')), 'hex'), 40)
order by c.cancela
on conflict (pedido_id) do nothing
