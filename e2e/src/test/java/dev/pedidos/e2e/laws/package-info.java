/** The laws of ./pedidos verify, and replay. */
@NullMarked
package dev.pedidos.e2e.laws;

import org.jspecify.annotations.NullMarked;
