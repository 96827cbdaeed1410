/** The archive: pedidos move there and are still answered, and months leave it. */
@NullMarked
package dev.pedidos.e2e.archive;

import org.jspecify.annotations.NullMarked;
