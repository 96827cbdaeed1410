-- What time it is for the database, in microseconds: pedidos that are accepted without it get their place by this clock.
select (extract(epoch from clock_timestamp()) * 1000000)::bigint
