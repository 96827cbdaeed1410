/** Reads pedidos: one, its events, a list. */
@NullMarked
package dev.pedidos.api.status;

import org.jspecify.annotations.NullMarked;
