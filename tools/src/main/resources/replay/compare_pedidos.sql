-- Where the rows are not as the events give them. Marks of the way to the broker are no projection: relay_at, published, parked,
-- begun, agendamento; nor is the proof of the order, noted_*. A row and its event read the clock one after the other: times
-- within 30 s are the same. earlier_ordem.sql gives a pedido an earlier place and marks it `unnoted`, without an event.
-- Of a pedido from before the content was in the event, the event does not know the fields of its acceptance, and version 0.1.0 put its
-- failures into events alone.
select
    coalesce(r.pedido_id, p.pedido_id) as id,
    case
        when p.pedido_id is null then 'has no row'
        when r.pedido_id is null or r.ordem is null then 'has no event of its acceptance'
        else array_to_string(differing.fields, ', ')
    end as what
from {rebuilt} r
full join {stored} p on p.pedido_id = r.pedido_id
cross join lateral (
    select array_remove(array[
        case when p.ordem <> r.ordem and not (p.unnoted and p.ordem < r.ordem) then 'ordem' end,
        case when r.unnoted and not p.unnoted then 'unnoted' end,
        case when p.tipo <> r.tipo then 'tipo' end,
        case when p.recebedor_id <> r.recebedor_id then 'recebedor_id' end,
        case when p.origem <> r.origem then 'origem' end,
        case when r.has_content and p.payload_hash <> r.payload_hash then 'payload_hash' end,
        case when r.has_content and p.ordered <> r.ordered then 'ordered' end,
        case when r.has_content and replay.apart(p.aceito_em, r.aceito_em) then 'aceito_em' end,
        case when (p.payload is null) <> r.has_content then 'payload' end,
        case when p.status <> r.status then 'status' end,
        case when p.ciclo <> r.ciclo then 'ciclo' end,
        case when p.tentativas <> r.tentativas then 'tentativas' end,
        case when p.motivo is distinct from r.motivo then 'motivo' end,
        case when nullif(p.resultado, 'null') is distinct from r.resultado then 'resultado' end,
        case when p.held <> r.held then 'held' end,
        case when p.proxima_tentativa_em is distinct from r.proxima_tentativa_em then 'proxima_tentativa_em' end,
        case when replay.apart(p.atualizado_em, r.atualizado_em) then 'atualizado_em' end,
        case when r.has_content and p.erro_classe is distinct from r.erro_classe then 'erro_classe' end,
        case when r.has_content and p.erro_mensagem is distinct from r.erro_mensagem then 'erro_mensagem' end,
        case when r.has_content and replay.apart(p.primeira_falha_em, r.primeira_falha_em) then 'primeira_falha_em' end,
        case when r.has_content and replay.apart(p.ultima_falha_em, r.ultima_falha_em) then 'ultima_falha_em' end
    ], null) as fields
) differing
where (p.pedido_id is null or r.pedido_id is null or r.ordem is null or differing.fields <> '{}')
  -- Of a pedido whose month was dropped the event of its release may be left.
  and not (
      p.pedido_id is null
      and r.ordem is null
      and exists (select from public.arquivados k where k.pedido_id = r.pedido_id))
