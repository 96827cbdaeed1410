/** Cancels pedidos in the ledger. */
@NullMarked
package dev.pedidos.shared.ledger.cancel;

import org.jspecify.annotations.NullMarked;
