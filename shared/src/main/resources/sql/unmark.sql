-- A worker sets aside a pedido that it has marked and not tried. Others may try it before this worker ends. If another session keeps
-- the row, the mark stays: nobody waits for that, and this worker tries the pedido again.
update pedidos
set begun = null
where pedido_id = (select pedido_id from pedidos where pedido_id = ? and begun = ? for no key update skip locked)
