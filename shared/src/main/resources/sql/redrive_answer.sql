json_build_object(
    'redrive_id', r.id,
    'selecionados', r.selecionados,
    'feitos', r.selecionados - i.left_over,
    'status', case when r.finished is null then 'RUNNING' when i.left_over > 0 then 'CANCELLED' else 'DONE' end,
    'por_segundo', r.por_segundo,
    'por', r.por,
    'cancelado_por', case when i.left_over > 0 then r.cancelado_por end,
    'filtro', r.filter,
    'criado_em', rfc3339(r.created),
    'terminado_em', rfc3339(r.finished))
