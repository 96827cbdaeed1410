-- Removes from the line the pedidos that no longer wait: among the first of the line and among those that were called, pedidos that have another
-- scheduling or an end. One that was called stays until its message comes, however long its shard takes.
-- It is planned by the ids (decision 0061).
with first as (
    (select pedido_id, ciclo, agendamento
     from esperas
     where dependencia = :dependencia
     order by ficha, desde
     limit 500)
    union
    (select pedido_id, ciclo, agendamento
     from esperas
     where dependencia = :dependencia and chamado_em is not null
     order by chamado_em
     limit 500)
), gone as (
    select e.pedido_id
    from first f
    join esperas e using (pedido_id, ciclo, agendamento)
    where not exists (
        select
        from pedidos p
        where p.pedido_id = f.pedido_id and p.ciclo = f.ciclo and p.agendamento = f.agendamento and p.status || '' = 'RETRYING')
    order by e.pedido_id
    for update of e skip locked
)
delete from esperas e
using gone
where e.pedido_id = gone.pedido_id
