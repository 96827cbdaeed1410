/** The program behind {@code ./pedidos}: the system on one machine. */
@NullMarked
package dev.pedidos.local;

import org.jspecify.annotations.NullMarked;
