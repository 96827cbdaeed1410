-- Stock from the events that set it and from the reservations, which are right now. A sku without an event is left alone.
insert into estoque as e (sku, disponivel, reservado)
select s.sku, s.definido - coalesce(r.quantidade, 0), coalesce(r.quantidade, 0)
from (
    select substr(external_id, length('estoque:') + 1) as sku, sum((payload ->> 'delta')::bigint) as definido
    from replay.events
    where external_id like 'estoque:%' and event_type = 'ESTOQUE_DEFINIDO'
    group by external_id
) s
left join (select sku, sum(quantidade) as quantidade from replay.stored_reservas group by sku) r using (sku)
order by s.sku
on conflict (sku) do update
set disponivel = excluded.disponivel, reservado = excluded.reservado
where (e.disponivel, e.reservado) is distinct from (excluded.disponivel, excluded.reservado)
