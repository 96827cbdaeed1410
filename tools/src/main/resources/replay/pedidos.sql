-- The events of a window change the rows that the events before gave.
insert into replay.pedidos
select * from ({fold}) folded
on conflict (pedido_id) do update
set ordem = excluded.ordem, tipo = excluded.tipo, recebedor_id = excluded.recebedor_id, origem = excluded.origem,
    payload_hash = excluded.payload_hash, ordered = excluded.ordered, unnoted = excluded.unnoted,
    aceito_em = excluded.aceito_em, has_content = excluded.has_content, status = excluded.status, ciclo = excluded.ciclo,
    tentativas = excluded.tentativas, motivo = excluded.motivo, resultado = excluded.resultado, held = excluded.held,
    agendamento = excluded.agendamento, proxima_tentativa_em = excluded.proxima_tentativa_em,
    atualizado_em = excluded.atualizado_em, erro_classe = excluded.erro_classe, erro_mensagem = excluded.erro_mensagem,
    primeira_falha_em = excluded.primeira_falha_em, ultima_falha_em = excluded.ultima_falha_em
