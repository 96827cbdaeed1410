package dev.pedidos.local.stores;

import java.util.Optional;

/** A broker that answers, and how to stop it. */
record Broker(String amqpUri, Optional<String> managementUrl, Stop stop) {}
