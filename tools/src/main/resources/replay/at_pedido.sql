-- A pedido as its events until a time give it. Null: it was not accepted by then.
select json_build_object(
    'pedido_id', f.pedido_id,
    'tipo', f.tipo,
    'recebedor_id', f.recebedor_id,
    'origem', f.origem,
    'status', f.status,
    'ciclo', f.ciclo,
    'tentativas', f.tentativas,
    'motivo', f.motivo,
    'retido', f.held,
    'itens', content -> 'itens',
    'dados', content -> 'dados',
    'aceito_em', rfc3339(f.aceito_em),
    'atualizado_em', rfc3339(f.atualizado_em),
    'proxima_tentativa_em', rfc3339(f.proxima_tentativa_em),
    'erro_classe', f.erro_classe,
    'erro_mensagem', f.erro_mensagem,
    'primeira_falha_em', rfc3339(f.primeira_falha_em),
    'ultima_falha_em', rfc3339(f.ultima_falha_em),
    'resultado', f.resultado,
    'reservas', coalesce((
        select json_agg(json_build_object('sku', r.sku, 'quantidade', r.quantidade) order by r.sku)
        from (
            select m.sku, sum(m.quantidade) as quantidade from ({moves}) m group by m.sku having sum(m.quantidade) > 0
        ) r), '[]'))::text
from ({fold}) f
left join todos_pedidos p on p.pedido_id = f.pedido_id
cross join lateral pedido_content(f.pedido_id, p.payload) as content
where f.ordem is not null
