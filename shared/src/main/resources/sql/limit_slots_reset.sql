-- A time beyond the window was set before the database's clock was put back: that slot counts as taken now.
update limite_vagas
set livre_em = clock_timestamp() + make_interval(secs => :cycle)
where dependencia = :dependencia and livre_em > now() + make_interval(secs => :cycle + 2 * :ahead)
