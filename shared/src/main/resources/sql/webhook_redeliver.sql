-- An operator sends a webhook again, whatever its status: at once, and for as long as a new one.
update webhooks
set status = 'PENDING', ciclo = ciclo + 1, tentativas = 0, proxima_em = clock_timestamp(), desde = clock_timestamp(),
    terminado_em = null
where webhook_id = ?
returning webhook_id
