-- A limit of so many calls has so many slots.
insert into limite_vagas (dependencia, vaga)
select :dependencia, vaga
from generate_series(0, :calls - 1) as vaga
on conflict (dependencia, vaga) do nothing
