-- The dead letters that pedidos_dlq should hold: the broker has confirmed each of them.
select pedido_id, ciclo
from pedidos
where status = 'DEAD_LETTERED' and published
