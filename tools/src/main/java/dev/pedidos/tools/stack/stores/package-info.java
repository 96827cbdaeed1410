/** Provides a broker and a database: given by the environment, run in Docker, or started on this machine. */
@NullMarked
package dev.pedidos.tools.stack.stores;

import org.jspecify.annotations.NullMarked;
