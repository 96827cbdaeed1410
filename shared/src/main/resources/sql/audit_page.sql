-- A page of calls, newest first. {where}: of which dependency, of which task.
select c.id, json_build_object(
    'dependencia', c.dependencia,
    'resultado', c.resultado,
    'duracao_ms', c.duracao_ms,
    'idade_ms', c.idade_ms,
    'pedido_id', c.pedido_id,
    'task_id', c.task_id,
    'erro', c.erro,
    'em', rfc3339(c.em))::text as answer
from chamadas c
where c.id < :before::bigint {where}
order by c.id desc
limit :rows
