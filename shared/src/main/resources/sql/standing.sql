-- The delivered pedido as the ledger knows it, and whether nothing unfinished of its receiver stands before it.
select p.status,
       p.ciclo,
       p.tentativas,
       p.payload_hash,
       coalesce(p.proxima_tentativa_em > clock_timestamp(), false) as not_yet_due,
       not exists (
           select
           from pedidos before
           where before.recebedor_id = p.recebedor_id
             and before.status in ('PENDING', 'PROCESSING', 'RETRYING')
             and (before.ordem, before.pedido_id) < (p.ordem, p.pedido_id)
       ) as head
from pedidos p
where p.pedido_id = ?
