-- The number of the next event is above those of all others: the ids are the order of events. A ledger that was moved
-- without its sequence (a dump of the data alone, logical replication) would begin again at 1.
select format('the newest event is %s, the next one gets a number above %s', coalesce(newest.id, 0), numbers.given)
from numbers
left join newest_event newest on true;

select newest.id as newest_event, numbers.given as next_one_above
from numbers
join newest_event newest on newest.id > numbers.given
