-- No worker names a limit of this dependency any more: the first of its line go on. The relay publishes them. They leave the line when
-- their message has come (limit_line_forget.sql), as released ones do: the relay reads there whether a pedido is suspect.
-- The pedidos are locked first. One that begins to wait again at this moment (await_slot.sql) has another version then, and stays. So
-- does one whose row others have locked.
with first as (
    select pedido_id, ciclo, agendamento
    from esperas
    where dependencia = :dependencia and chamado_em is null
    order by ficha, desde
    limit 500
), free as (
    select p.pedido_id, p.ciclo, p.agendamento
    from first
    join pedidos p using (pedido_id, ciclo, agendamento)
    where p.status = 'RETRYING'
    order by p.pedido_id
    for update of p skip locked
), called as (
    update esperas
    set chamado_em = clock_timestamp()
    where (pedido_id, ciclo, agendamento) in (select pedido_id, ciclo, agendamento from free)
)
update pedidos p
set published = false, relay_at = clock_timestamp()
from free
where p.pedido_id = free.pedido_id
