/** One delivery from top to bottom: decode, pass, settle, drain, ack. */
@NullMarked
package dev.pedidos.worker.delivery;

import org.jspecify.annotations.NullMarked;
