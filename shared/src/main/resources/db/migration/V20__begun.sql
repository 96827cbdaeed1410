-- The pedidos whose attempt began with a mark: they are shown and listed as PROCESSING (sql/pedidos_processing.sql). There are few.
-- Built beside running programs: it locks no table. An attempt that was cut off leaves an index that is not valid.
drop index concurrently if exists pedidos_begun;
create index concurrently pedidos_begun on pedidos (pedido_id) where begun is not null;
