-- The dead letters that pedidos_dlq should hold: the broker has confirmed each of them.
select pedido_id, ciclo, xmin::text as row_version
from pedidos
where status = 'DEAD_LETTERED' and published
