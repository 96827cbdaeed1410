/** RabbitMQ: connections that come back, the declaration of the topology, confirmed publishing, manual acknowledgement. */
@NullMarked
package dev.pedidos.shared.broker;

import org.jspecify.annotations.NullMarked;
