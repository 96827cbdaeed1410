-- The question was not answered: others may ask it.
update respostas
set consultado_por = null, worker_id = null, consulta_ate = null
where dependencia = :dependencia and chave = :chave and consultado_por = :pedido_id and worker_id = :worker_id
