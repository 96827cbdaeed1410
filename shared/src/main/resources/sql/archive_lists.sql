-- The tipos and final states that have pedidos.
{sql/present_lists}
select tipo, status
from present
where status in ('COMPLETED', 'REJECTED', 'CANCELLED', 'DISCARDED')
