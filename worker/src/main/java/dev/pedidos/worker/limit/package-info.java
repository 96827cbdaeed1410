/** Limits of the rate of calls, and what waits for them in the ledger. */
@NullMarked
package dev.pedidos.worker.limit;

import org.jspecify.annotations.NullMarked;
