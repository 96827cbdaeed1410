/** A broker and a database to work with: given by the environment, run in Docker, or started on this machine. */
@NullMarked
package dev.pedidos.tools.stack.stores;

import org.jspecify.annotations.NullMarked;
