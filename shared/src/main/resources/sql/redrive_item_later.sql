-- Another transaction holds the lock of their receiver: the other items must not wait for it.
update redrive_items set look_at = clock_timestamp() + interval '5 seconds' where redrive_id = ? and place = any(?)
