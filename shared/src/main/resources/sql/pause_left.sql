-- How long a dependency still wants to be left alone, in ms.
select ceil(extract(epoch from p.ate - clock_timestamp()) * 1000)::bigint
from pausas p
where p.dependencia = :dependencia and {sql/pause_in_force}
