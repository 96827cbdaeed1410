/** One receiver's turn: its lock, the state of a pedido, its outcome and the COMMIT. */
@NullMarked
package dev.pedidos.shared.ledger.turn;

import org.jspecify.annotations.NullMarked;
