/** The SPI: how a tipo of pedido is handled. */
@NullMarked
package dev.pedidos.worker.handler;

import org.jspecify.annotations.NullMarked;
