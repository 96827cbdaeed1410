-- A new pedido comes after the newest one of its receiver (sql/note.sql): this finds it at once, however many the receiver
-- has. Built beside running programs: it locks no table. An attempt that was cut off leaves an index that is not valid.
drop index concurrently if exists pedidos_newest_of_recebedor;
create index concurrently pedidos_newest_of_recebedor on pedidos (recebedor_id, ordem);
