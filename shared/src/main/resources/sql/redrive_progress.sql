select json_build_object(
    'redrive_id', r.id,
    'selecionados', r.selecionados,
    'feitos', (select count(*) from redrive_items where redrive_id = r.id and done_at is not null),
    'status', case when r.finished is null then 'RUNNING' else 'DONE' end,
    'por_segundo', r.por_segundo,
    'por', r.por,
    'filtro', r.filter,
    'criado_em', rfc3339(r.created),
    'terminado_em', rfc3339(r.finished))::text
from redrives r
where r.id = ?
