/** A ledger in memory for tests, and the contracts that it shares with the one in PostgreSQL. */
@NullMarked
package dev.pedidos.worker.memory;

import org.jspecify.annotations.NullMarked;
