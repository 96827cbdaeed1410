/** {@code POST /pedidos/{id}/cancel}. */
@NullMarked
package dev.pedidos.api.cancel;

import org.jspecify.annotations.NullMarked;
