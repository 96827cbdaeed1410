-- The end of a pedido that cannot be saved, recorded before it is published to the dead letters. No row: it changed
-- meanwhile, decide anew. The relay publishes it where this worker dies in between.
with dead as (
    update pedidos
    set status = 'DEAD_LETTERED', motivo = ?, tentativas = tentativas + 1, parked = false,
        proxima_tentativa_em = null, relay_at = clock_timestamp() + interval '10 seconds',
        atualizado_em = clock_timestamp()
    where pedido_id = ? and ciclo = ? and tentativas = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
    returning pedido_id, ciclo, tentativas, motivo, atualizado_em
),
recorded as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select pedido_id, event_type, payload, sha256(convert_to(payload::text, 'UTF8'))
    from (
        select pedido_id, 'PROCESSING' as event_type,
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas) as payload
        from dead
        union all
        select pedido_id, 'DEAD_LETTERED',
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas, 'motivo', motivo,
                   'erro_classe', ?::text, 'erro_mensagem', ?::text)
        from dead
    ) events
)
select d.tentativas,
       to_char(coalesce((
           select min(e.occurred_at)
           from operation_events e
           where e.external_id = d.pedido_id
             and e.event_type = 'RETRY_SCHEDULED'
             and (e.payload ->> 'ciclo')::integer = d.ciclo
       ), d.atualizado_em) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as first_failure,
       to_char(d.atualizado_em at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as last_failure
from dead d
