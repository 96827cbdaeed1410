-- The states of PedidoStatus.unfinished().
'PENDING', 'PROCESSING', 'RETRYING'
