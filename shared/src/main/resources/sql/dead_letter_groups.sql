-- Dead letters by cause, the most frequent first. Continues dead_letter_causes.sql. Each cause is counted in its index alone.
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
