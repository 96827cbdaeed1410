-- Adds the changes of these tasks to their rows. In a statement of its own, after the rows were locked: nothing that another
-- fold has taken is visible to it.
with gone as (
    delete from task_changes where task_id = any (?::text[]) returning task_id, feitos, falhos, adiados, em
), sums as (
    select task_id, sum(feitos) as feitos, sum(falhos) as falhos, sum(adiados) as adiados, min(em) as first, max(em) as last
    from gone
    group by task_id
)
update tasks t
set feitos = t.feitos + s.feitos,
    falhos = t.falhos + s.falhos,
    adiados = t.adiados + s.adiados,
    iniciado_em = coalesce(t.iniciado_em, s.first),
    terminado_em = case when t.feitos + s.feitos + t.falhos + s.falhos = t.total then s.last end,
    status = task_status(
        t.total, (t.feitos + s.feitos)::bigint, (t.falhos + s.falhos)::bigint, coalesce(t.iniciado_em, s.first), t.revogado_em)
from sums s
where s.task_id = t.task_id
