/** Cancellations of pedidos in every state. */
@NullMarked
package dev.pedidos.e2e.cancel;

import org.jspecify.annotations.NullMarked;
