/** One receiver's turn: the lock, the look at a pedido, its outcome and the COMMIT. */
@NullMarked
package dev.pedidos.shared.ledger.turn;

import org.jspecify.annotations.NullMarked;
