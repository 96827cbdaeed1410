-- What stands in line although later ones of its receiver may be finished: noted late, or redriven. Few: whoever has the turn looks
-- here and from the front of the line on, not at all that the index of the line still has of finished pedidos.
create index pedidos_late on pedidos (recebedor_id, ordem, pedido_id) where in_line and (unnoted or ciclo > 0);

-- noted_in and noted_after are numbers of the cluster that noted the pedido. A restored ledger has rows of several.
do $$ begin
    execute format('alter table pedidos add column noted_by bigint not null default %s',
        (select system_identifier from pg_control_system()));
end $$;
