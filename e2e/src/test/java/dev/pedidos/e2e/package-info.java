/** The whole system, with real broker, real database and real processes. */
@NullMarked
package dev.pedidos.e2e;

import org.jspecify.annotations.NullMarked;
