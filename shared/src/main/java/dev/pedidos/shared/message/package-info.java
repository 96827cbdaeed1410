/** The pedido, its JSON forms and the hash of its content. */
@NullMarked
package dev.pedidos.shared.message;

import org.jspecify.annotations.NullMarked;
