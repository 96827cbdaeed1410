-- Everything that the broker should hold: every unfinished pedido has a time when the relay looks at it.
select pedido_id
from pedidos
where relay_at is not null and status in ('PENDING', 'PROCESSING', 'RETRYING')
union all
select pedido_id
from pedidos
where status = 'DEAD_LETTERED'
