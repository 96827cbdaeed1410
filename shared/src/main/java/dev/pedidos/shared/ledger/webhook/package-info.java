/** Webhooks in the ledger: what is due, what was tried, what became of it. */
@NullMarked
package dev.pedidos.shared.ledger.webhook;

import org.jspecify.annotations.NullMarked;
