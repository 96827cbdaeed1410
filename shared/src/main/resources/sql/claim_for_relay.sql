-- What the broker should have got by now and perhaps has not. The claim is a lease: it is committed before anything is
-- published, no lock is held meanwhile, and a relay that dies leaves its claims to the next one when they run out.
-- Published twice is harmless (the turnstile takes care of it), never published is not.
--
-- Not published: published now, whatever stands before it. Published and unfinished without a sign of life: if it is the
-- head, its message may be lost, and those behind it may have lost theirs with it. The head is published again and they
-- are set parked, so that whoever finishes it goes on with them; so is one that is looked at itself and is not the head. What is
-- parked is looked at again after twice the time, an hour at the most; what is published now, when the claim runs out, unless
-- it is marked (mark_published.sql).
--
-- As many as have a number of bytes together, and one at least: what is locked beyond that is let go with the commit. One whose
-- size is not known was noted by an older version: measuring it costs more than taking it alone, as if it were of the largest.
with locked as (
    select pedido_id, relay_at, coalesce(payload_bytes, 14000000) as bytes
    from pedidos
    where relay_at < now()
    order by relay_at
    limit ?
    for update skip locked
), due as (
    select pedido_id
    from (
        select pedido_id, sum(bytes) over (order by relay_at, pedido_id) - bytes as bytes_before
        from locked
    ) sizes
    where bytes_before < ?
), looked_at as (
    select p.pedido_id, p.published, p.recebedor_id, p.ordered,
           not p.published or not p.ordered or not exists (
               select
               from (
                   select
                   from pedidos before
                   where before.recebedor_id = p.recebedor_id
                     and before.in_line
                     and (before.ordem, before.pedido_id) < (p.ordem, p.pedido_id)
                   -- The nearest: those that are finished, and in the index for as long as a snapshot is old, lie before it.
                   order by before.ordem desc, before.pedido_id desc
                   limit 1
               ) nearest
           ) as wanted
    from due
    join pedidos p using (pedido_id)
), claimed as (
    update pedidos p
    set relay_at = now() + case
        when not l.published or l.wanted then signs.lease
        when p.parked then greatest(signs.patience, least(now() - p.atualizado_em, interval '1 hour'))
        -- The one before it may be finished at this moment, by somebody who did not see it parked.
        else signs.patience
    end,
    -- As those behind, below; a statement must not update a row twice.
    parked = p.parked
        or (l.published and not l.wanted
            and (p.status = 'PENDING' or p.status = 'RETRYING' and p.proxima_tentativa_em < now()))
    from looked_at l, (select make_interval(secs => ?) as lease, make_interval(secs => ?) as patience) signs
    where p.pedido_id = l.pedido_id
    returning p.pedido_id, p.ordem, p.tipo, p.recebedor_id, p.origem, p.status, p.motivo, p.ciclo, p.agendamento, p.tentativas,
        p.payload, p.erro_classe, p.primeira_falha_em, p.ultima_falha_em, l.wanted
), behind as (
    select f.pedido_id
    from looked_at l
    join pedidos f on f.recebedor_id = l.recebedor_id and f.in_line
    where l.wanted and l.published and l.ordered
      and f.published and not f.parked and f.status = 'PENDING'
      and f.atualizado_em < now() - make_interval(secs => ?)
      and f.pedido_id not in (select pedido_id from due)
    order by f.pedido_id
    for update of f skip locked
), set_parked as (
    update pedidos p set parked = true from behind where p.pedido_id = behind.pedido_id
)
select
    pedido_id, ordem, tipo, recebedor_id, origem, status, motivo, ciclo, agendamento, tentativas,
    case when wanted then payload::text end as payload,
    erro_classe, rfc3339(primeira_falha_em) as first_failure, rfc3339(ultima_falha_em) as last_failure,
    (select count(*) from locked) as due
from claimed
