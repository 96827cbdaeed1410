/** The turnstile: decides about a pedido under its receiver's lock, tries it, records a failure. */
@NullMarked
package dev.pedidos.worker.turn;

import org.jspecify.annotations.NullMarked;
