/** Sends pedidos and records the answers. */
@NullMarked
package dev.pedidos.tools.proof.load;

import org.jspecify.annotations.NullMarked;
