-- Dead letters that the broker has confirmed: counted often, and compared with what lies in the queue, without a look at the rows.
create index pedidos_letters on pedidos (pedido_id, ciclo) where status = 'DEAD_LETTERED' and published;
