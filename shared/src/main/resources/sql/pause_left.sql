-- How long a system still wants to be left alone, in ms. A pause is at most an hour long: more is left if the clock was set back.
select ceil(extract(epoch from p.ate - clock_timestamp()) * 1000)::bigint
from pausas p
where p.dependencia = :dependencia and p.ate > clock_timestamp() and p.ate <= clock_timestamp() + interval '1 hour'
