/** Pedidos on their way in: by HTTP, by pedidos_queue, and while a store is down. */
@NullMarked
package dev.pedidos.e2e.accept;

import org.jspecify.annotations.NullMarked;
