-- The state, for a turn, of a pedido that has no row any more because it is archived.
select status, payload_hash from arquivados where pedido_id = ?
