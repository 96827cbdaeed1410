-- The dependencies that pedidos wait for.
select distinct dependencia from esperas
