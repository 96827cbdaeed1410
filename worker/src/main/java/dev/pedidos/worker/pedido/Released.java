package dev.pedidos.worker.pedido;

/** Stock that a cancelled pedido had reserved. */
record Released(String sku, long quantidade) {}
