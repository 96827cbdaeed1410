/** From an ending to the broker: nothing, a delay queue, the dead letters. */
@NullMarked
package dev.pedidos.worker.settle;

import org.jspecify.annotations.NullMarked;
