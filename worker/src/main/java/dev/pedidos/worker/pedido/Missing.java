package dev.pedidos.worker.pedido;

import org.jspecify.annotations.Nullable;

/**
 * An item that cannot be had.
 *
 * @param quantidade what was asked for
 * @param disponivel what there is; null: nobody knows such a sku
 */
record Missing(String sku, long quantidade, @Nullable Long disponivel) {}
