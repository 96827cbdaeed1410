-- One line for each pedido of a month, with its events and its reservas, in the order of acceptance. {mes}: such as 2026_01.
select jsonb_build_object(
    'pedido', to_jsonb(p),
    'eventos', (
        select coalesce(jsonb_agg(to_jsonb(e) - 'ordem' order by e.id), '[]')
        from eventos_arquivados_{mes} e
        where e.external_id = p.pedido_id),
    'reservas', (
        select coalesce(jsonb_agg(to_jsonb(r) - 'ordem' order by r.sku), '[]')
        from reservas_arquivadas_{mes} r
        where r.pedido_id = p.pedido_id))::text
from pedidos_arquivados_{mes} p
order by p.ordem, p.pedido_id
