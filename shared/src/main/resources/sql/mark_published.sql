-- Marks pedidos that the broker has confirmed, if the row still has the version that was published: a late mark must not erase a
-- redrive or a newer retry. Most pedidos are finished by then; their relay_at is null already.
-- The relay looks again at what is unfinished: a purged or deleted queue leaves no other trace. A new pedido in line is looked at once
-- it is the head (heads_for_relay.sql). The time doubles each time an unchanged pedido is published again, up to an hour. A retry keeps
-- its own, later time; one that was marked and is not due keeps its time (leave_to_relay.sql).
-- A row that is due stays due: it has been woken since its message was published (wake.sql, recover.sql).
-- A row that somebody else has locked is passed over. Its message is then published a second time, and the copy is dropped; that of a
-- dead letter is taken out of pedidos_dlq by the sweep.
-- It is planned by the ids (decision 0061).
with marked as (
    select p.pedido_id
    from unnest(?::text[], ?::text[], ?::integer[], ?::integer[]) as g (pedido_id, status, ciclo, agendamento)
    join pedidos p using (pedido_id, status, ciclo, agendamento)
    where coalesce(p.relay_at > clock_timestamp(), false)
    order by p.pedido_id
    for update of p skip locked
)
update pedidos p
set published = true,
    relay_at = case
        when p.status = 'DEAD_LETTERED' then null
        when p.status = 'PENDING' and p.in_line and not p.published then only_as_head()
        when p.status = 'RETRYING' and p.published and p.proxima_tentativa_em > clock_timestamp() then p.relay_at
        else greatest(
            p.relay_at,
            clock_timestamp() + greatest(
                make_interval(secs => ?),
                case when p.published then least(clock_timestamp() - p.atualizado_em, interval '1 hour') end))
    end
from marked m
where p.pedido_id = m.pedido_id
