-- A delay queue gave the message of a retry back before it was due, and the message is gone. The relay publishes the retry when it is
-- due: after the whole delay at the latest, as in state_columns.sql. It was published: the mark may come later (mark_published.sql).
update pedidos
set published = true,
    relay_at = least(relay_at, clock_timestamp() + (proxima_tentativa_em - greatest(clock_timestamp(), atualizado_em)))
where pedido_id = ? and ciclo = ? and agendamento = ? and status = 'RETRYING'
