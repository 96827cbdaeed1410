package dev.pedidos.local.stores;

import java.util.Optional;

/** A broker that answers. */
record Broker(String amqpUri, Optional<String> managementUrl) {}
