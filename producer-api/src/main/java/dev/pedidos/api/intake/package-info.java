/** How pedidos come in: from {@code POST /pedidos}, from the open queue, and from the queue of refused messages. */
@NullMarked
package dev.pedidos.api.intake;

import org.jspecify.annotations.NullMarked;
