/** Clients that send while everything breaks, repeat what is unknown, and remember what they were told. */
@NullMarked
package dev.pedidos.tools.proof.torture.load;

import org.jspecify.annotations.NullMarked;
