-- Writes something that no table keeps. A commit without a write would wait for no disk and no standby.
select pg_logical_emit_message(true, 'pedidos', '')
