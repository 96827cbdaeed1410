/** Sends webhooks: to whom, when, over which connection, and what the answer means. */
@NullMarked
package dev.pedidos.worker.webhook;

import org.jspecify.annotations.NullMarked;
