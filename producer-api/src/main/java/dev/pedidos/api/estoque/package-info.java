/** Sets and reads the stock. */
@NullMarked
package dev.pedidos.api.estoque;

import org.jspecify.annotations.NullMarked;
