-- The columns of the head of a line, the row p.
p.pedido_id,
p.tipo,
p.recebedor_id,
p.origem,
(select content from pedido_content(p.pedido_id, p.payload) as content)::text as payload,
p.payload_hash,
p.ciclo,
p.agendamento,
p.tentativas,
p.begun is not null as begun,
p.parked,
p.ordem,
{sql/is_cancelled} as cancelled
