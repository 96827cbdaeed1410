-- The size of the answer, and the answer unless it is large. For a large one the reader reserves memory first.
select answer_bytes, case when answer_bytes <= 100000 then answer end as answer from pedido_answers where pedido_id = ?
