/** Keeps the tables that turns work on small. */
@NullMarked
package dev.pedidos.worker.archive;

import org.jspecify.annotations.NullMarked;
