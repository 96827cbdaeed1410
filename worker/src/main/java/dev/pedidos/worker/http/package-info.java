/** One HTTP request over a connection of its own, which is not used again. */
@NullMarked
package dev.pedidos.worker.http;

import org.jspecify.annotations.NullMarked;
