-- How many events the exported month has, and which is the last one. {since}, {until}: as in export.sql.
select count(*) as eventos, coalesce(max(id), 0) as ultimo_evento
from eventos_arquivados
where ordem >= {since} and ordem < {until}
