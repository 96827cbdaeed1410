/** Reads for clients: pedidos, operations, tasks, webhooks, calls, and the events of streams. */
@NullMarked
package dev.pedidos.shared.ledger.read;

import org.jspecify.annotations.NullMarked;
