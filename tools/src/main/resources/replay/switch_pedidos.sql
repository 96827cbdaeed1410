-- Puts the rows of differing pedidos as the events give them. Facts that no event has stay: the earlier place of a pedido that the
-- broker accepted, and the marks of the way to the broker. If the state was another one, the relay brings an unfinished
-- pedido and a dead letter back; one that stands in line again counts as come late (`unnoted`), so that workers look there.
update pedidos p
set ordem = case when p.unnoted and p.ordem < m.ordem then p.ordem else m.ordem end,
    unnoted = p.unnoted or m.unnoted or (stands.in_line and not p.in_line),
    tipo = m.tipo, recebedor_id = m.recebedor_id, origem = m.origem,
    payload = case when m.has_content then null else p.payload end,
    payload_hash = case when m.has_content then m.payload_hash else p.payload_hash end,
    ordered = case when m.has_content then m.ordered else p.ordered end,
    aceito_em = case when m.has_content then m.aceito_em else p.aceito_em end,
    status = m.status, ciclo = m.ciclo, tentativas = m.tentativas, motivo = m.motivo, resultado = m.resultado,
    held = m.held, proxima_tentativa_em = m.proxima_tentativa_em, atualizado_em = m.atualizado_em,
    erro_classe = m.erro_classe, erro_mensagem = m.erro_mensagem,
    primeira_falha_em = m.primeira_falha_em, ultima_falha_em = m.ultima_falha_em,
    agendamento = case when stands.moved then m.agendamento else p.agendamento end,
    parked = p.parked and not stands.moved,
    begun = case when not stands.moved then p.begun end,
    published = p.published and not stands.moved,
    relay_at = case when stands.moved then stands.relay_at else p.relay_at end
from replay.mended m
join pedidos before using (pedido_id)
cross join lateral (
    select
        (before.status, before.ciclo, before.proxima_tentativa_em)
            is distinct from (m.status, m.ciclo, m.proxima_tentativa_em) as moved,
        before.ordered and (m.status in ('PENDING', 'PROCESSING', 'RETRYING') or m.held) as in_line,
        case
            when m.status in ('PENDING', 'PROCESSING', 'DEAD_LETTERED') then clock_timestamp()
            when m.status = 'RETRYING' then greatest(clock_timestamp(), m.proxima_tentativa_em)
        end as relay_at
) stands
where p.pedido_id = m.pedido_id
  and m.ordem is not null
  and p.pedido_id in (select id from ({differing}) d)
