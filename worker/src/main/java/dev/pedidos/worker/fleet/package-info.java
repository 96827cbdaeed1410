/** Decides which shards this worker consumes. */
@NullMarked
package dev.pedidos.worker.fleet;

import org.jspecify.annotations.NullMarked;
