-- How large it is, and the answer itself unless it is large: for that one its reader makes room first.
select answer_bytes, case when answer_bytes <= 100000 then answer end from pedido_answers where pedido_id = ?
