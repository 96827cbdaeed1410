/** A ledger in memory for tests, and the contracts that it shares with the one in PostgreSQL. */
@NullMarked
package dev.pedidos.worker.inmemory;

import org.jspecify.annotations.NullMarked;
