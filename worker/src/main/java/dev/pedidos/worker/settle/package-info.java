/** The endings of a delivery, and what each means for the broker. */
@NullMarked
package dev.pedidos.worker.settle;

import org.jspecify.annotations.NullMarked;
