-- Only note.sql may search by this index, because it also has the finished pedidos of a receiver. The planner used it to look for the
-- head when pedidos_in_line had many dead entries. Each look then read all finished pedidos of the receiver. A condition on
-- recebedor_id alone does not match the expression, so the planner cannot do that any more. Built beside running programs, as in V14.
drop index concurrently if exists pedidos_newest_of_recebedor;
create index concurrently pedidos_newest_of_recebedor on pedidos ((recebedor_id || ''), ordem);
