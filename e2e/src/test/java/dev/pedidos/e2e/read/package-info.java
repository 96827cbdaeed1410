/** Answers of the ledger to clients, and their webhooks. */
@NullMarked
package dev.pedidos.e2e.read;

import org.jspecify.annotations.NullMarked;
