-- Nobody but note.sql may search by this index. It has the finished pedidos of a receiver, too, and once the index of those in line had
-- many dead entries, the planner took this one to look for the head: it read what was finished for each pedido. The expression keeps
-- it from that: a condition on recebedor_id alone does not match. Built beside running programs, as in V14.
drop index concurrently if exists pedidos_newest_of_recebedor;
create index concurrently pedidos_newest_of_recebedor on pedidos ((recebedor_id || ''), ordem);
