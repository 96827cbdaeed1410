/** Stock: setting and reading what there is. */
@NullMarked
package dev.pedidos.api.estoque;

import org.jspecify.annotations.NullMarked;
