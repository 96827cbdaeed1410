-- A redrive of one pedido, to be done when its receiver's lock is free.
with item as (
    insert into redrive_items (redrive_id, place, pedido_id, ciclo)
    values (:id, 1, :pedido_id, :ciclo)
)
insert into redrives (id, por, filter, por_segundo, selecionados)
values (:id, :por, jsonb_build_object('pedido_ids', 1), 1, 1)
