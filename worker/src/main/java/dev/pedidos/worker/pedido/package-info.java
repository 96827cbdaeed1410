/** The handler of tipo pedido: it reserves the stock of every item, or of none. */
@NullMarked
package dev.pedidos.worker.pedido;

import org.jspecify.annotations.NullMarked;
