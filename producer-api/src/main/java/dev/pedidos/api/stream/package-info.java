/** Server-sent events: the events of a pedido or of a receiver, to any number of clients by one reader. */
@NullMarked
package dev.pedidos.api.stream;

import org.jspecify.annotations.NullMarked;
