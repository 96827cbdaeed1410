-- Holds the operations of a lot until the transaction ends, locked in the order of their ids, so that no two lots deadlock.
select o.external_id
from operations o
where o.external_id = any (?::text[])
order by o.external_id
for update
