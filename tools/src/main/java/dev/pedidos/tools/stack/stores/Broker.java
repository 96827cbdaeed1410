package dev.pedidos.tools.stack.stores;

import java.util.Optional;

/** A broker that answers. */
record Broker(String amqpUri, Optional<String> managementUrl) {}
