package dev.pedidos.worker.pedido;

import org.jspecify.annotations.Nullable;

/**
 * An item without enough stock.
 *
 * @param quantidade the quantity that the pedido asks for
 * @param disponivel the quantity in stock; null if the sku is unknown
 */
record Missing(String sku, long quantidade, @Nullable Long disponivel) {}
