/** Limits of calls to dependencies: their slots, and the pedidos that wait for one. */
@NullMarked
package dev.pedidos.shared.ledger.limit;

import org.jspecify.annotations.NullMarked;
