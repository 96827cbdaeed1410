-- The newest place of the ledger. Of each tipo and state the newest one is found at once, in the index of lists.
{sql/present_lists}
select greatest(
    (select ultima_ordem from arquivo),
    (select max(newest.ordem)
     from present
     cross join lateral (
         select p.ordem
         from pedidos p
         where p.tipo = present.tipo and p.status = present.status
         order by p.ordem desc, p.pedido_id desc
         limit 1
     ) newest),
    0)
