/** Which pedidos the broker may not have, and the marks of those that it has. */
@NullMarked
package dev.pedidos.shared.ledger.relay;

import org.jspecify.annotations.NullMarked;
