/** How pedidos come in: what is read of a request, and what it is answered. */
@NullMarked
package dev.pedidos.api.intake;

import org.jspecify.annotations.NullMarked;
