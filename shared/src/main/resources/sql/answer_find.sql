-- A kept answer that still serves. Its use is a row of chamadas, with the answer's age.
with found as (
    select r.resposta, r.consultado_em,
           greatest(0, extract(epoch from clock_timestamp() - r.consultado_em) * 1000)::bigint as idade_ms
    from respostas r
    where r.dependencia = :dependencia and r.chave = :chave and r.resposta is not null
      and r.vale_ate > clock_timestamp()
),
used as (
    insert into chamadas (dependencia, resultado, duracao_ms, idade_ms, pedido_id, task_id)
    select :dependencia, 'GUARDADA', 0, idade_ms, :pedido_id, task_of(:pedido_id)
    from found
)
select resposta::text as resposta, consultado_em from found
