-- The oldest pedidos of a tipo and a final state, after a place: each list is walked through once in a pass, so what cannot be
-- archived yet is passed by and not looked at again and again. One that became final a short time ago (a dead letter that was
-- redriven, one that was cancelled) waits until that is as old too: those who follow its events have read them by then.
-- now(), not clock_timestamp(): only a stable bound ends the walk in the index.
select
    p.pedido_id,
    p.ordem,
    archive_month(p.ordem) as mes,
    p.atualizado_em < now() - age as due,
    (extract(epoch from now() - age) - p.ordem / 1000000.0)::double precision as overdue_seconds
from (select make_interval(secs => ?) as age) given
cross join pedidos p
where p.tipo = ?
  and p.status = ?
  and (p.ordem, p.pedido_id) > (?, ?)
  and p.ordem < (extract(epoch from now() - age) * 1000000)::bigint
order by p.ordem, p.pedido_id
limit ?
