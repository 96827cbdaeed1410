-- A redelivered or suspect pedido is about to be tried. Its mark is committed before that. A worker that finds the
-- mark open, with its writer dead, knows which message ends workers.
update pedidos
set begun = ?
where pedido_id = ? and ciclo = ? and agendamento = ? and status in ({sql/unfinished_states})
