/** Inserts new pedidos, from HTTP and from queues. */
@NullMarked
package dev.pedidos.shared.ledger.accept;

import org.jspecify.annotations.NullMarked;
