-- No worker names a limit of this dependency any more: the first of its line go on. The relay publishes them.
with gone as (
    delete from esperas
    where pedido_id in (select pedido_id from esperas where dependencia = :dependencia order by ficha, desde limit 500)
    returning pedido_id, ciclo, agendamento
), free as (
    select p.pedido_id
    from gone
    join pedidos p using (pedido_id, ciclo, agendamento)
    where p.status = 'RETRYING'
    order by p.pedido_id
    for update of p
)
update pedidos p
set published = false, relay_at = clock_timestamp()
from free
where p.pedido_id = free.pedido_id
