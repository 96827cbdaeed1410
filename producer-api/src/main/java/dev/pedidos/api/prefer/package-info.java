/** The header {@code Prefer: wait=n}: answers that wait until an object has ended. */
@NullMarked
package dev.pedidos.api.prefer;

import org.jspecify.annotations.NullMarked;
