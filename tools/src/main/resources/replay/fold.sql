-- Folds events of pedidos in the order of their ids, on top of what earlier events gave ({prior}): the last event that speaks
-- of a field wins. PROCESSING moves the status alone: the attempt that it begins is not made yet. A conflict moves nothing.
with event as materialized (
    select
        e.id,
        case when e.event_type = 'RECEBEDOR_LIBERADO' then e.payload ->> 'pedido_id' else e.external_id end as pedido_id,
        e.event_type,
        e.payload,
        e.payload_hash,
        e.occurred_at,
        e.has_content,
        (e.payload ->> 'ciclo')::integer as ciclo,
        coalesce((e.payload ->> 'tentativa')::integer, 0) as tentativa
    from {events} e
    where e.event_type in ('ACCEPTED', 'PROCESSING', 'RETRY_SCHEDULED', 'COMPLETED', 'REJECTED', 'DEAD_LETTERED', 'REDRIVEN',
        'DISCARDED', 'CANCELLED', 'RECEBEDOR_LIBERADO')
), last as (
    select
        pedido_id,
        max(id) filter (where event_type = 'ACCEPTED') as acceptance,
        max(id) filter (where event_type = 'PROCESSING') as beginning,
        max(id) filter (where event_type not in ('PROCESSING', 'RECEBEDOR_LIBERADO')) as outcome,
        max(id) filter (where event_type in ('ACCEPTED', 'REDRIVEN', 'RETRY_SCHEDULED')) as scheduling,
        max(id) filter (where event_type in ('DEAD_LETTERED', 'REDRIVEN', 'DISCARDED', 'RECEBEDOR_LIBERADO')) as hold
    from event
    group by pedido_id
), prior as (
    -- Of those that were accepted before. The offset makes it one probe for each.
    select p.*
    from last
    cross join lateral (select * from {prior} known where known.pedido_id = last.pedido_id offset 0) p
    where last.acceptance is null
), attempt as (
    select *, lag(tentativa) over (partition by pedido_id, ciclo order by id) as before
    from event
    where event_type in ('RETRY_SCHEDULED', 'DEAD_LETTERED')
), failure as (
    -- A pedido that was put off without an attempt has not failed.
    select a.*
    from attempt a
    left join prior p using (pedido_id)
    where a.event_type = 'DEAD_LETTERED'
       or a.tentativa > coalesce(a.before, case when p.ciclo = a.ciclo then p.tentativas end, 0)
), failures as (
    select distinct on (pedido_id, ciclo)
        pedido_id, ciclo, payload, first_value(occurred_at) over of_ciclo as first_at, occurred_at as last_at
    from failure
    window of_ciclo as (partition by pedido_id, ciclo order by id)
    order by pedido_id, ciclo, id desc
)
select
    last.pedido_id,
    coalesce((a.payload ->> 'ordem')::bigint, p.ordem) as ordem,
    coalesce(a.payload ->> 'tipo', p.tipo) as tipo,
    coalesce(a.payload ->> 'recebedor_id', p.recebedor_id) as recebedor_id,
    coalesce(a.payload ->> 'origem', p.origem) as origem,
    coalesce(a.payload_hash, p.payload_hash) as payload_hash,
    case when a.id is null then p.ordered else coalesce((a.payload ->> 'ordered')::boolean, true) end as ordered,
    case when a.id is null then p.unnoted else coalesce((a.payload ->> 'unnoted')::boolean, false) end as unnoted,
    case
        when a.id is null then p.aceito_em
        when (a.payload ->> 'unnoted')::boolean then to_timestamp((a.payload ->> 'ordem')::bigint / 1000000.0)
        else a.occurred_at
    end as aceito_em,
    coalesce(a.has_content, p.has_content) as has_content,
    coalesce(
        case
            when last.beginning > coalesce(last.outcome, 0) then 'PROCESSING'
            when o.event_type in ('ACCEPTED', 'REDRIVEN') then 'PENDING'
            when o.event_type = 'RETRY_SCHEDULED' then 'RETRYING'
            else o.event_type
        end,
        p.status) as status,
    now_in.ciclo,
    case when o.id is null then p.tentativas else o.tentativa end as tentativas,
    case when o.id is null then p.motivo else o.payload ->> 'motivo' end as motivo,
    case when o.id is null then p.resultado else nullif(o.payload -> 'resultado', 'null') end as resultado,
    coalesce(
        case
            when h.id is null then p.held
            else h.event_type = 'DEAD_LETTERED' and (h.payload ->> 'held')::boolean
        end,
        false) as held,
    case when last.scheduling is null then p.agendamento else coalesce((g.payload ->> 'agendamento')::integer, 0) end as agendamento,
    case
        when o.id is null then p.proxima_tentativa_em
        when o.event_type = 'RETRY_SCHEDULED' then (o.payload ->> 'proxima_tentativa_em')::timestamptz
    end as proxima_tentativa_em,
    case when h.id > coalesce(o.id, 0) then h.occurred_at else coalesce(o.occurred_at, p.atualizado_em) end as atualizado_em,
    case when f.ciclo is null then still.erro_classe else f.payload ->> 'erro_classe' end as erro_classe,
    case when f.ciclo is null then still.erro_mensagem else f.payload ->> 'erro_mensagem' end as erro_mensagem,
    coalesce(still.primeira_falha_em, f.first_at) as primeira_falha_em,
    coalesce(f.last_at, still.ultima_falha_em) as ultima_falha_em
from last
-- Each only with the events that it may be: small tables to look in.
left join event a on a.id = last.acceptance and a.event_type = 'ACCEPTED'
left join event o on o.id = last.outcome and o.event_type not in ('PROCESSING', 'RECEBEDOR_LIBERADO')
left join event g on g.id = last.scheduling and g.event_type = 'RETRY_SCHEDULED'
left join event h on h.id = last.hold and h.event_type in ('DEAD_LETTERED', 'REDRIVEN', 'DISCARDED', 'RECEBEDOR_LIBERADO')
left join prior p on p.pedido_id = last.pedido_id
cross join lateral (select coalesce(o.ciclo, p.ciclo) as ciclo) now_in
left join failures f on f.pedido_id = last.pedido_id and f.ciclo = now_in.ciclo
-- The same ciclo by earlier events.
cross join lateral (
    select
        case when same then p.erro_classe end as erro_classe,
        case when same then p.erro_mensagem end as erro_mensagem,
        case when same then p.primeira_falha_em end as primeira_falha_em,
        case when same then p.ultima_falha_em end as ultima_falha_em
    from (select p.ciclo = now_in.ciclo as same) ciclos
) still
