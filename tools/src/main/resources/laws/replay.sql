-- Replaying the events of a pedido gives its row: status, ciclo, tentativas, motivo, resultado.
select format('%s events of %s pedidos', count(*), count(distinct external_id))
from judged_events
where event_type not in ('ESTOQUE_DEFINIDO', 'RECEBEDOR_LIBERADO', 'MENSAGEM_RECUSADA')
  and external_id not like 'operacao/%';

-- A fold where the last event wins. PROCESSING moves the status alone: the attempt it begins is not made yet.
with last_event as (
    select distinct on (external_id) external_id, event_type
    from judged_events
    where event_type not in ('ESTOQUE_DEFINIDO', 'RECEBEDOR_LIBERADO', 'MENSAGEM_RECUSADA', 'CONFLICT')
      and external_id not like 'operacao/%'
    order by external_id, id desc
),
last_outcome as (
    select distinct on (external_id) external_id, payload
    from judged_events
    where event_type not in ('ESTOQUE_DEFINIDO', 'RECEBEDOR_LIBERADO', 'MENSAGEM_RECUSADA', 'CONFLICT', 'PROCESSING')
      and external_id not like 'operacao/%'
    order by external_id, id desc
),
last_attempt as (
    select distinct on (external_id) external_id, coalesce((payload ->> 'tentativa')::integer, 0) as tentativas
    from judged_events
    where event_type in ('ACCEPTED', 'REDRIVEN', 'RETRY_SCHEDULED', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED')
    order by external_id, id desc
),
replayed as (
    select
        external_id as pedido_id,
        case e.event_type
            when 'ACCEPTED' then 'PENDING'
            when 'REDRIVEN' then 'PENDING'
            when 'RETRY_SCHEDULED' then 'RETRYING'
            else e.event_type
        end as status,
        (o.payload ->> 'ciclo')::integer as ciclo,
        a.tentativas,
        o.payload ->> 'motivo' as motivo,
        nullif(o.payload -> 'resultado', 'null') as resultado
    from last_event e
    join last_outcome o using (external_id)
    join last_attempt a using (external_id)
)
select
    pedido_id,
    format('%s ciclo %s tentativas %s %s %s', r.status, r.ciclo, r.tentativas, r.motivo, left(r.resultado::text, 40)) as replayed,
    format('%s ciclo %s tentativas %s %s %s', p.status, p.ciclo, p.tentativas, p.motivo, left(p.resultado::text, 40)) as in_the_row
from judged_pedidos p
full join replayed r using (pedido_id)
where (p.status, p.ciclo, p.tentativas, p.motivo, nullif(p.resultado, 'null'))
    is distinct from (r.status, r.ciclo, r.tentativas, r.motivo, r.resultado)
