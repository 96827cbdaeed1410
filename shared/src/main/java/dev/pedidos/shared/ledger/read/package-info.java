/** Reads for clients: pedidos, their events, stock. */
@NullMarked
package dev.pedidos.shared.ledger.read;

import org.jspecify.annotations.NullMarked;
