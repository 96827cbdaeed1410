select
    (select count(*) from pedidos where status = 'DEAD_LETTERED') as dead,
    (select count(distinct recebedor_id) from pedidos where held) as held,
    (select count(*) from pedidos where status = 'DEAD_LETTERED' and published) as published
