-- Something to commit that no table keeps: a commit with nothing to write would wait for no disk and no standby.
select pg_logical_emit_message(true, 'pedidos', '')
