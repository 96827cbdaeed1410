package dev.pedidos.shared.message;

import org.jspecify.annotations.Nullable;

/** One line of a pedido: how many of which sku, and what one costs in centavos (null: not given). */
public record Item(String sku, long quantidade, @Nullable Long precoCentavos) {}
