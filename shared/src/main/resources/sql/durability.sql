-- The settings that are off. Not "are not on": the other values of synchronous_commit wait for the disk too.
select name
from unnest(?::text[]) with ordinality as asked (name, place)
where current_setting(name) = 'off'
order by place
