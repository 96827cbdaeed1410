-- The call begins later than its place says: when wait_ms have passed from now. The place is free a window after that. Not if it was
-- taken again meanwhile.
update limite_vagas
set livre_em = clock_timestamp() + make_interval(secs => :lead + :cycle)
where dependencia = :dependencia and vaga = :vaga and extract(epoch from livre_em)::text = :livre_em
returning vaga, ceil(:lead * 1000)::bigint as wait_ms, extract(epoch from livre_em)::text as livre_em
