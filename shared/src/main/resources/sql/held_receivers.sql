-- Receivers whose line begins with a dead letter. A held one further back holds nobody yet.
select
    h.recebedor_id,
    json_build_object(
        'recebedor_id', h.recebedor_id,
        'cabeca', h.pedido_id,
        'status', h.status,
        'aguardando', (select count(*) from pedidos w where w.recebedor_id = h.recebedor_id and w.in_line) - 1,
        'desde', rfc3339(h.ultima_falha_em))::text as answer
from pedidos h
where h.held
  and h.recebedor_id > ?
  and not exists (
      select
      from pedidos before
      where before.recebedor_id = h.recebedor_id
        and before.in_line
        and (before.ordem, before.pedido_id) < (h.ordem, h.pedido_id)
  )
order by h.recebedor_id
limit ?
