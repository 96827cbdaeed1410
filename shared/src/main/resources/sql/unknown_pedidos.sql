-- The ids among these of which the ledger has no pedido, archived or not.
select g.pedido_id
from unnest(?::text[]) as g (pedido_id)
where not exists (select from pedidos p where p.pedido_id = g.pedido_id)
    and not exists (select from arquivados k where k.pedido_id = g.pedido_id)
