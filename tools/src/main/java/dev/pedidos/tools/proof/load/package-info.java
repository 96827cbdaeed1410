/** Sends pedidos over HTTP and remembers what the client saw. */
@NullMarked
package dev.pedidos.tools.proof.load;

import org.jspecify.annotations.NullMarked;
