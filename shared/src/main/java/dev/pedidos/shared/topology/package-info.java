/** The AMQP topology as data: every exchange, queue and binding. */
@NullMarked
package dev.pedidos.shared.topology;

import org.jspecify.annotations.NullMarked;
