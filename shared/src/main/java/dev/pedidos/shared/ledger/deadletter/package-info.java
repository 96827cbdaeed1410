/** Reads, redrives and discards dead letters, and compares them with their queue. */
@NullMarked
package dev.pedidos.shared.ledger.deadletter;

import org.jspecify.annotations.NullMarked;
