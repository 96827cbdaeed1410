-- How much the month has now. {mes}: such as 2026_01.
select (select count(*) from pedidos_arquivados_{mes}) as pedidos, count(*) as eventos, coalesce(max(id), 0) as ultimo_evento
from eventos_arquivados_{mes}
