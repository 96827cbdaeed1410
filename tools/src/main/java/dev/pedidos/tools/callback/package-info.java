/** Webhooks as they arrive at an endpoint of this machine. */
@NullMarked
package dev.pedidos.tools.callback;

import org.jspecify.annotations.NullMarked;
