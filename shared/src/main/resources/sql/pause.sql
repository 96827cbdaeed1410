-- No worker calls this dependency until then. A pause that was given before the clock was set back counts no more.
insert into pausas as p (dependencia, ate)
values (:dependencia, clock_timestamp() + make_interval(secs => :seconds::double precision))
on conflict (dependencia) do update
set ate = excluded.ate
where p.ate < excluded.ate or p.ate > clock_timestamp() + interval '1 hour'
