-- In the transaction that redrove it, or found that there was nothing to redrive.
update redrive_items set done_at = clock_timestamp() where redrive_id = ? and place = ?
