update operations
set status = ?, version = ?, valor_centavos = ?, motivo = ?, atualizado_em = clock_timestamp()
where external_id = ?
