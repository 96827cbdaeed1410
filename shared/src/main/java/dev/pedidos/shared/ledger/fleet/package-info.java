/** Records which workers live and which shards they work on, and reads that for operators. */
@NullMarked
package dev.pedidos.shared.ledger.fleet;

import org.jspecify.annotations.NullMarked;
