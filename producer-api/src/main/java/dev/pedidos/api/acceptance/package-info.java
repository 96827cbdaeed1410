/** From a valid pedido to its answer: note it, publish it, mark it; and publish what was left behind. */
@NullMarked
package dev.pedidos.api.acceptance;

import org.jspecify.annotations.NullMarked;
