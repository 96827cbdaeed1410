-- The call begins later than its slot says: now. The slot is free a cycle after that. Not if it was taken again meanwhile.
update limite_vagas
set livre_em = clock_timestamp() + make_interval(secs => :cycle)
where dependencia = :dependencia and vaga = :vaga and extract(epoch from livre_em)::text = :livre_em
returning vaga, 0 as wait_ms, extract(epoch from livre_em)::text as livre_em
