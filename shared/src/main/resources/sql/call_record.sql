-- A call that ended :ago_ms ago: what the database was down for is recorded later. Its answer was new.
insert into chamadas (em, dependencia, resultado, duracao_ms, idade_ms, pedido_id, task_id, erro)
values (
    clock_timestamp() - make_interval(secs => :ago_ms::double precision / 1000),
    :dependencia, :resultado, :duracao_ms::bigint, case when :erro::text is null then 0 end,
    :pedido_id, task_of(:pedido_id), :erro)
