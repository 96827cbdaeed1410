/** What became of pedidos: reading one, its events, a list. */
@NullMarked
package dev.pedidos.api.status;

import org.jspecify.annotations.NullMarked;
