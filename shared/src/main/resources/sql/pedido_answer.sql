select answer from pedido_answers where pedido_id = ?
