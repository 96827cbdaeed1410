-- Pedidos that the broker should have by now and perhaps has not. The claim is a lease: it is committed before anything is
-- published, and no lock is held meanwhile. If a relay dies, another one gets its claims when their lease ends.
-- The lease of each ends at another time: a message that breaks the connection, such as one too large for the broker, takes its whole
-- batch with it, and must not do so with the same ones again.
-- To publish twice is harmless (the turnstile drops the second copy); never to publish is not.
--
-- A pedido that is not published is published now, whatever stands before it. A pedido that is published, unfinished and has not
-- changed for long: if it is the head, its message may be lost, and the messages behind it too. The head is published again, and
-- the others are set parked, so that the worker that finishes the head goes on with them. A due pedido that is not the head is parked
-- too. heads_for_relay.sql finds it once it is the head. A pedido that is published now is looked at again when its lease ends,
-- unless it is marked (mark_published.sql). Only the first 5,000 of a line are looked at, so that the statement stays short however
-- long a line is; the next one becomes the head, and is found as such.
--
-- `published` is read from the locked row: the pedido may have been redriven or woken since this statement's snapshot.
--
-- The claim ends at a number of bytes, but has one pedido at least; rows that are locked beyond that are free with the commit.
with locked as (
    select pedido_id, ordem, recebedor_id, ordered, published, relay_at, coalesce(payload_bytes, {sql/unknown_bytes}) as bytes
    from pedidos
    where relay_at < now()
    order by relay_at
    limit ?
    for update skip locked
), due as (
    select pedido_id, ordem, recebedor_id, ordered, published
    from (
        select *, sum(bytes) over (order by relay_at, pedido_id) - bytes as bytes_before
        from locked
    ) sizes
    where bytes_before < ?
), looked_at as (
    select due.pedido_id, due.published, due.recebedor_id, due.ordered,
           not due.published or not due.ordered or not exists (
               select
               from (
                   select
                   from pedidos before
                   where before.recebedor_id = due.recebedor_id
                     and before.in_line
                     and (before.ordem, before.pedido_id) < (due.ordem, due.pedido_id)
                   -- The nearest one: finished ones, which old snapshots keep in the index, lie before it.
                   order by before.ordem desc, before.pedido_id desc
                   limit 1
               ) nearest
           ) as wanted
    from due
), claimed as (
    update pedidos p
    set relay_at = case when l.wanted then now() + lease * (1 + random()) else only_as_head() end,
    -- Parked as those behind the head, below; a statement must not update a row twice.
    parked = p.parked
        or (l.published and not l.wanted
            and (p.status = 'PENDING' or p.status = 'RETRYING' and p.proxima_tentativa_em < now()))
    from looked_at l, make_interval(secs => ?) lease
    where p.pedido_id = l.pedido_id
    returning p.pedido_id, p.ordem, p.tipo, p.recebedor_id, p.origem, p.status, p.motivo, p.ciclo, p.agendamento, p.tentativas,
        p.payload, p.erro_classe, p.primeira_falha_em, p.ultima_falha_em, l.wanted
), behind as (
    select near.pedido_id
    from looked_at l
    cross join lateral (
        select f.pedido_id
        from pedidos f
        where f.recebedor_id = l.recebedor_id and f.in_line
          and f.ordem <= coalesce(
              (select e.ordem
               from pedidos e
               where e.recebedor_id = l.recebedor_id and e.in_line
               order by e.ordem, e.pedido_id
               offset 4999
               limit 1),
              9223372036854775807)
          and f.published and not f.parked and f.status = 'PENDING'
          and f.atualizado_em < now() - make_interval(secs => ?)
          and f.pedido_id not in (select pedido_id from due)
        order by f.ordem, f.pedido_id
        for update skip locked
    ) near
    where l.wanted and l.published and l.ordered
    limit 20000
), set_parked as (
    update pedidos p set parked = true from behind where p.pedido_id = behind.pedido_id
)
select
    pedido_id, ordem, tipo, recebedor_id, origem, status, motivo, ciclo, agendamento, tentativas,
    case when wanted then (select content from pedido_content(pedido_id, payload) as content)::text end as payload,
    erro_classe, rfc3339(primeira_falha_em) as first_failure, rfc3339(ultima_falha_em) as last_failure,
    -- The worker that released it (limit_call.sql) may have ended before it published it.
    exists (
        select
        from esperas e
        where e.pedido_id = claimed.pedido_id and e.ciclo = claimed.ciclo and e.agendamento = claimed.agendamento and e.suspeito
    ) as suspeito,
    (select count(*) from locked) as due
from claimed
