/** Dead letters: in the ledger and in pedidos_dlq, redriven, missing or unknown. */
@NullMarked
package dev.pedidos.e2e.deadletter;

import org.jspecify.annotations.NullMarked;
