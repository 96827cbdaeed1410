-- The dead letter is in its queue; a redrive in between has raised ciclo and is left alone.
update pedidos
set relay_at = null
where pedido_id = ? and ciclo = ? and status = 'DEAD_LETTERED'
