-- A page of the pedidos that are shown as PROCESSING, newest first: their places and sizes. That is not stored; the pedidos with a begin
-- mark and those in whose name a system is being asked are few.
with processing (pedido_id) as (
    select p.pedido_id from pedidos p where p.begun is not null
    union
    select r.consultado_por from respostas r where r.consultado_por is not null
)
select
    p.ordem,
    p.pedido_id,
    (select a.answer_bytes from pedido_answers a where a.pedido_id = p.pedido_id) as answer_bytes,
    0::bigint as ultima_ordem
from processing
join pedidos p using (pedido_id)
where visible_status(p.status, p.begun, p.pedido_id) = 'PROCESSING'
  and (:tipo::text is null or p.tipo = :tipo)
  and (p.ordem, p.pedido_id) < (:ordem::bigint, :pedido_id::text)
  {of_recebedor}
order by p.ordem desc, p.pedido_id desc
limit :rows
