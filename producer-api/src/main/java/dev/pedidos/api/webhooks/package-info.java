/** The results of webhooks, and sending one again. */
@NullMarked
package dev.pedidos.api.webhooks;

import org.jspecify.annotations.NullMarked;
