/** Workers that come, go and share the shards, and the start and the end of programs. */
@NullMarked
package dev.pedidos.e2e.fleet;

import org.jspecify.annotations.NullMarked;
