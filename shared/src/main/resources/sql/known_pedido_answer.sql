-- As pedido_answer.sql, for a pedido that was not found there.
select answer_bytes, case when answer_bytes <= 100000 then answer end as answer from known_pedidos where pedido_id = ?
