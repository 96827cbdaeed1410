package dev.pedidos.shared.topology;

/** A binding; for a consistent-hash exchange the routing key is the queue's weight. */
public record BindingSpec(String exchange, String queue, String routingKey) {}
