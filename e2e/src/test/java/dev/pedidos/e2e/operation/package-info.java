/** Event-sourced operations. */
@NullMarked
package dev.pedidos.e2e.operation;

import org.jspecify.annotations.NullMarked;
