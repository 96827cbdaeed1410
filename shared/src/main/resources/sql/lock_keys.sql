-- The keys of the receivers' locks, in the same order for every lot.
select distinct hashtextextended(recebedor_id, 0) as key
from unnest(?::text[]) as asked (recebedor_id)
order by key
offset 0
