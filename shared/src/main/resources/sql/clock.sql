-- The database's clock, in microseconds: pedidos that the broker accepts get their place by this clock.
select (extract(epoch from clock_timestamp()) * 1000000)::bigint
