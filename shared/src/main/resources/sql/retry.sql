-- A failed attempt, recorded after the rollback of what it tried. No row: the pedido changed meanwhile, decide anew.
-- tentativas grows by the attempts that count: 1 for a failure, 0 where a handler put the pedido off.
-- The relay stands by for the case that the delay queue never hands it back.
with failed as (
    update pedidos
    set status = 'RETRYING', tentativas = tentativas + ?, parked = false,
        proxima_tentativa_em = clock_timestamp() + make_interval(secs => ?::double precision / 1000),
        relay_at = clock_timestamp() + make_interval(secs => ?::double precision / 1000 + 30),
        atualizado_em = clock_timestamp()
    where pedido_id = ? and ciclo = ? and tentativas = ? and status in ('PENDING', 'PROCESSING', 'RETRYING')
    returning pedido_id, ciclo, tentativas, proxima_tentativa_em
),
recorded as (
    insert into operation_events (external_id, event_type, payload, payload_hash)
    select pedido_id, event_type, payload, sha256(convert_to(payload::text, 'UTF8'))
    from (
        select pedido_id, 'PROCESSING' as event_type,
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas) as payload
        from failed
        union all
        select pedido_id, 'RETRY_SCHEDULED',
               jsonb_build_object('ciclo', ciclo, 'tentativa', tentativas,
                   'proxima_tentativa_em', proxima_tentativa_em, 'erro_classe', ?::text, 'erro_mensagem', ?::text)
        from failed
    ) events
    on conflict do nothing
)
select tentativas from failed
