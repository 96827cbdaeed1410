-- The stock of a sku as clients see it.
json_build_object('sku', sku, 'disponivel', disponivel, 'reservado', reservado)::text
