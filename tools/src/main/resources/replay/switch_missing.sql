-- Inserts rows that are gone. When it was inserted first is not known any more: noted_by 0 lets `verify` judge such rows among
-- themselves. Without its content a pedido cannot be inserted.
insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, ciclo, agendamento, tentativas, motivo, resultado,
    payload_bytes, payload_hash, ordered, unnoted, held, aceito_em, atualizado_em, proxima_tentativa_em, erro_classe,
    erro_mensagem, primeira_falha_em, ultima_falha_em, relay_at, noted_in, noted_after, noted_by,
    callback_url)
select
    m.pedido_id, m.ordem, m.tipo, m.recebedor_id, m.origem, m.status, m.ciclo, m.agendamento, m.tentativas, m.motivo, m.resultado,
    (select octet_length(content::text) from pedido_content(m.pedido_id, null) as content),
    m.payload_hash, m.ordered,
    m.unnoted or m.status in ('PENDING', 'PROCESSING', 'RETRYING') or m.held,
    m.held, m.aceito_em, m.atualizado_em, m.proxima_tentativa_em, m.erro_classe,
    m.erro_mensagem, m.primeira_falha_em, m.ultima_falha_em,
    case
        when m.status in ('PENDING', 'PROCESSING', 'DEAD_LETTERED') then clock_timestamp()
        when m.status = 'RETRYING' then greatest(clock_timestamp(), m.proxima_tentativa_em)
    end,
    '0', '0', 0,
    (select content ->> 'callback_url' from pedido_content(m.pedido_id, null) as content)
from replay.mended m
where m.ordem is not null
  and m.has_content
  and not exists (select from replay.stored_pedidos p where p.pedido_id = m.pedido_id)
