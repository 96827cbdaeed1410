select {sql/estoque_json} from estoque where sku = ?
