/** What travels: the pedido, its JSON form and the hash of its content. */
@NullMarked
package dev.pedidos.shared.message;

import org.jspecify.annotations.NullMarked;
