/** Which workers live and what they work on; the fleet as operators see it. */
@NullMarked
package dev.pedidos.shared.ledger.fleet;

import org.jspecify.annotations.NullMarked;
