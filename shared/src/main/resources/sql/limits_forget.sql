-- The settings of workers that are gone.
delete from limites
where visto_em not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 minute'
