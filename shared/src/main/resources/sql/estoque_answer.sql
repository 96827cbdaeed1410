select json_build_object('sku', sku, 'disponivel', disponivel, 'reservado', reservado)::text from estoque where sku = ?
