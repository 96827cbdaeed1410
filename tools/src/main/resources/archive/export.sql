-- One line for each pedido of a month, with its events and its reservas, in the order of acceptance. {since}, {until}: places of the
-- month. They are constants, so that only its partitions are read, and the right to read the archive is enough.
select jsonb_build_object(
    'pedido', to_jsonb(p),
    'eventos', (
        select coalesce(jsonb_agg(to_jsonb(e) - 'ordem' order by e.id), '[]')
        from eventos_arquivados e
        where e.external_id = p.pedido_id and e.ordem >= {since} and e.ordem < {until}),
    'reservas', (
        select coalesce(jsonb_agg(to_jsonb(r) - 'ordem' order by r.sku), '[]')
        from reservas_arquivadas r
        where r.pedido_id = p.pedido_id and r.ordem >= {since} and r.ordem < {until}))::text
from pedidos_arquivados p
where p.ordem >= {since} and p.ordem < {until}
order by p.ordem, p.pedido_id
