-- The columns that a turn reads of a pedido, the row p.
p.status,
p.ciclo,
p.agendamento,
p.tentativas,
p.payload_hash,
p.published,
-- At most the whole delay: the clock may have been set back since.
greatest(0, ceil(extract(epoch from p.proxima_tentativa_em - greatest(clock_timestamp(), p.atualizado_em)) * 1000))::bigint
    as due_in_ms,
p.begun,
case when p.begun is null then false else worker_lives(p.begun) end as beginner_lives,
{sql/is_cancelled} as cancelled,
p.ordered,
p.ordem,
p.recebedor_id,
pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest_running
