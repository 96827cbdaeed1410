-- Everything that the broker should hold: every unfinished pedido has a time when the relay looks at it. Those that wait for a call
-- to a dependency are in the ledger alone. A program of version 0.1.0, which an upgrade replaces, leaves a pedido in line without a time.
select pedido_id
from pedidos
where relay_at < 'infinity' and status in ({sql/unfinished_states})
union all
select pedido_id
from pedidos
where in_line and relay_at is null and status in ({sql/unfinished_states})
union all
select pedido_id
from pedidos
where status = 'DEAD_LETTERED'
