-- Another server, or the same one after a restart, has another time.
select extract(epoch from pg_postmaster_start_time())::text
