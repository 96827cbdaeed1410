-- When a task is expected to end. Its beginning is that its first item has ended or was put off, so the time since then is that of the
-- other items. It was divided by the number of all: right after the first one, the end was expected within moments.
create or replace view task_answers as
select t.task_id, t.ordem, t.content_hash, t.status, json_build_object(
    'task_id', t.task_id,
    'status', t.status,
    'total', t.total,
    'feitos', t.feitos,
    'falhos', t.falhos,
    'adiados', t.adiados,
    'percentual', trunc(100.0 * (t.feitos + t.falhos) / t.total, 1),
    'criado_em', rfc3339(t.criado_em),
    'iniciado_em', rfc3339(t.iniciado_em),
    'terminado_em', rfc3339(t.terminado_em),
    'previsto_em', rfc3339(case
        when t.terminado_em is null and t.feitos + t.falhos > 1
        then now() + (now() - least(t.iniciado_em, now()))
            * ((t.total - t.feitos - t.falhos)::double precision / (t.feitos + t.falhos - 1))
    end),
    'links', json_build_object(
        'self', '/tasks/' || t.task_id,
        'items', '/tasks/' || t.task_id || '/items'))::text as answer
from task_counts t;
