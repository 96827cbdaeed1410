-- A pedido that ends asks whether one behind it is parked (sql/finish.sql). With ordem, that look begins at its own place and does
-- not pass the entries of those that have ended. Built beside running programs, as in V14.
drop index concurrently if exists pedidos_parked;
create index concurrently pedidos_parked on pedidos (recebedor_id, ordem) where parked and in_line;
