/** One delivery from top to bottom: decode, turn, settle, drain, acknowledge. */
@NullMarked
package dev.pedidos.worker.delivery;

import org.jspecify.annotations.NullMarked;
