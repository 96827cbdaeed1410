select answer from operation_answers where external_id = ?
