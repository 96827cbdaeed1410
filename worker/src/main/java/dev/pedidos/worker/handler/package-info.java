/** The interface for handlers: one for each tipo of pedido. */
@NullMarked
package dev.pedidos.worker.handler;

import org.jspecify.annotations.NullMarked;
