/** The turn of a pedido: its place in the line of its receiver, its attempts and its one effect. */
@NullMarked
package dev.pedidos.e2e.turn;

import org.jspecify.annotations.NullMarked;
