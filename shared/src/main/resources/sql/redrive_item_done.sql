-- Runs in the transaction that redrove the pedido, or found that it was not dead.
update redrive_items set done_at = clock_timestamp() where redrive_id = ? and place = ?
