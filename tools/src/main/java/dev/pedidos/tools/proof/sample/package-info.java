/** Generates sample pedidos and stock from a seed. */
@NullMarked
package dev.pedidos.tools.proof.sample;

import org.jspecify.annotations.NullMarked;
