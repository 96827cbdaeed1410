-- The causes of dead letters that a filter selects, as `wanted`. Jumps in the index from one cause to the next: there are
-- few causes and many dead letters. {of_recebedor}: a condition, or nothing. dead_letter_groups.sql and
-- dead_letters_page.sql continue this statement.
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
