-- Dead letters by cause, the most frequent first. Each cause is counted in its index alone.
-- Which causes there are is found by jumping from one to the next. {of_recebedor}: a condition, or nothing.
with recursive causes (motivo, erro_classe, tipo) as (
    (select p.motivo, p.erro_classe, p.tipo
     from pedidos p
     where p.status = 'DEAD_LETTERED' {of_recebedor}
     order by p.motivo, p.erro_classe, p.tipo
     limit 1)
    union all
    select next.*
    from causes c
    cross join lateral (
        select p.motivo, p.erro_classe, p.tipo
        from pedidos p
        where p.status = 'DEAD_LETTERED' {of_recebedor}
          and (p.motivo, p.erro_classe, p.tipo) > (c.motivo, c.erro_classe, c.tipo)
        order by p.motivo, p.erro_classe, p.tipo
        limit 1
    ) next
), wanted as (
    select *
    from causes
    where motivo = coalesce(:motivo::text, motivo)
      and erro_classe = coalesce(:erro_classe::text, erro_classe)
      and tipo = coalesce(:tipo::text, tipo)
)
select coalesce(
    json_agg(
        json_build_object(
            'motivo', w.motivo,
            'erro_classe', w.erro_classe,
            'tipo', w.tipo,
            'total', g.total,
            'primeira_em', rfc3339(g.primeira_em),
            'ultima_em', rfc3339(g.ultima_em))
        order by g.total desc, w.motivo, w.erro_classe, w.tipo),
    '[]')::text
from wanted w
cross join lateral (
    select count(*) as total, min(p.ultima_falha_em) as primeira_em, max(p.ultima_falha_em) as ultima_em
    from pedidos p
    where p.status = 'DEAD_LETTERED'
      and p.motivo = w.motivo
      and p.erro_classe = w.erro_classe
      and p.tipo = w.tipo
      and p.ultima_falha_em >= :desde::timestamptz
      and p.ultima_falha_em < :ate::timestamptz
      {of_recebedor}
) g
where g.total > 0
