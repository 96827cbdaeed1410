/** Dead letters: reads, redrives, discards, and the comparison with the queue. */
@NullMarked
package dev.pedidos.shared.ledger.deadletter;

import org.jspecify.annotations.NullMarked;
