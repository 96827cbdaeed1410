/** Moves old final pedidos to the archive. One worker at a time does it. */
@NullMarked
package dev.pedidos.worker.archive;

import org.jspecify.annotations.NullMarked;
