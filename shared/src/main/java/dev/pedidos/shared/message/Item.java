package dev.pedidos.shared.message;

import org.jspecify.annotations.Nullable;

/**
 * One line of a pedido.
 *
 * @param precoCentavos price of one unit; null if not given
 */
public record Item(String sku, long quantidade, @Nullable Long precoCentavos) {}
