/** Seeded pedidos of the shape of a real marketplace. */
@NullMarked
package dev.pedidos.local.sample;

import org.jspecify.annotations.NullMarked;
