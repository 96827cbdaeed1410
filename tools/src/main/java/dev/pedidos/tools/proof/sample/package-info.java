/** Seeded pedidos of the shape of a real marketplace. */
@NullMarked
package dev.pedidos.tools.proof.sample;

import org.jspecify.annotations.NullMarked;
