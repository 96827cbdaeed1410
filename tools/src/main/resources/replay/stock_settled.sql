-- The moves of stock of a window, put aside: added up together they cost less than one by one. Which of them are of tipo pedido is
-- known then.
with sets as (
    insert into replay.stock_set
    select substr(e.external_id, length('estoque:') + 1), (e.payload ->> 'delta')::bigint
    from {events} e
    where e.event_type = 'ESTOQUE_DEFINIDO'
)
insert into replay.moves
select e.external_id, e.sign, e.what -> 'reservas'
from (
    select
        external_id,
        case event_type when 'COMPLETED' then 1 else -1 end as sign,
        case event_type when 'COMPLETED' then payload -> 'resultado' else payload -> 'liberado' end as what
    from {events} of_them
    where event_type in ('COMPLETED', 'CANCELLED')
) e
where e.what -> 'reservas' is not null
