/** Sends pedidos over HTTP and remembers what the client saw. */
@NullMarked
package dev.pedidos.local.load;

import org.jspecify.annotations.NullMarked;
