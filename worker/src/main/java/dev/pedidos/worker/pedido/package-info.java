/** The handler of tipo pedido: every item's stock is reserved, or none. */
@NullMarked
package dev.pedidos.worker.pedido;

import org.jspecify.annotations.NullMarked;
