/** The turnstile loop: one delivery, one receiver's turn, the handler, the parked ones after it. */
@NullMarked
package dev.pedidos.worker.process;

import org.jspecify.annotations.NullMarked;
