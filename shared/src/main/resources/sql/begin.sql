-- A redelivered or suspect pedido is about to be tried: a mark of its own, committed first. Whoever finds it open, with its
-- writer dead, knows which message ends workers.
update pedidos
set begun = ?
where pedido_id = ? and ciclo = ? and agendamento = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
