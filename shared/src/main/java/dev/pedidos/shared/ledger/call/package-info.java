/** The calls of handlers to other systems, as the ledger records them. */
@NullMarked
package dev.pedidos.shared.ledger.call;

import org.jspecify.annotations.NullMarked;
