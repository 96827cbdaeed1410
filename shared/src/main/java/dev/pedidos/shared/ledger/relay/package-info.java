/** Finds pedidos that the broker may not have, and marks those that it has. */
@NullMarked
package dev.pedidos.shared.ledger.relay;

import org.jspecify.annotations.NullMarked;
