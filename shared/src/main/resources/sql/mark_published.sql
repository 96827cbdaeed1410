-- The broker has confirmed these. Only where the row is still as it was published: a late mark must not erase a redrive or a
-- newer retry. Most are finished by then, which cleared relay_at already.
-- An unfinished one is looked at again: a queue that was purged or deleted leaves no other trace. One that was published before
-- without a sign of life since, after twice the time, an hour at the most. A retry is, besides, due later than that.
-- Rows are locked in the order of pedido_id, like everywhere.
with marked as (
    select p.pedido_id
    from unnest(?::text[], ?::text[], ?::integer[], ?::integer[]) as g (pedido_id, status, ciclo, agendamento)
    join pedidos p using (pedido_id, status, ciclo, agendamento)
    where p.relay_at is not null
    order by p.pedido_id
    for update of p
)
update pedidos p
set published = true,
    relay_at = case
        when p.status <> 'DEAD_LETTERED' then greatest(
            p.relay_at,
            clock_timestamp() + greatest(
                make_interval(secs => ?),
                case when p.published then least(clock_timestamp() - p.atualizado_em, interval '1 hour') end))
    end
from marked m
where p.pedido_id = m.pedido_id
