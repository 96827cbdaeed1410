/** The system at RabbitMQ: declares the topology, publishes with confirms, consumes with manual acknowledgement. */
@NullMarked
package dev.pedidos.shared.broker;

import org.jspecify.annotations.NullMarked;
