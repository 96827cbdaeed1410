/** A whole system for a test: real broker, real database, real processes. */
@NullMarked
package dev.pedidos.e2e.system;

import org.jspecify.annotations.NullMarked;
