/** Signatures of webhooks, as Standard Webhooks 1.0 has them: for the sender and for {@code ./pedidos listen}. */
@NullMarked
package dev.pedidos.shared.webhook;

import org.jspecify.annotations.NullMarked;
