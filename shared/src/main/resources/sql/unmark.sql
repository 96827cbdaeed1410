-- A worker sets aside a pedido that it has marked and not tried. Others may try it before this worker ends.
update pedidos
set begun = null
where pedido_id = ? and begun = ?
