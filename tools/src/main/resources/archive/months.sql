-- The months that have partitions, each with its size. The number of pedidos is that of the last analyze or vacuum.
select
    to_char(to_date(right(c.relname, 7), 'YYYY_MM'), 'YYYY-MM') as mes,
    greatest(c.reltuples, 0)::bigint as pedidos,
    pg_size_pretty(
        pg_total_relation_size(c.oid)
        + coalesce(pg_total_relation_size(to_regclass(replace(c.relname, 'pedidos_arquivados', 'eventos_arquivados'))), 0)
        + coalesce(pg_total_relation_size(to_regclass(replace(c.relname, 'pedidos_arquivados', 'reservas_arquivadas'))), 0)) as bytes
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'pedidos_arquivados'::regclass
order by c.relname
