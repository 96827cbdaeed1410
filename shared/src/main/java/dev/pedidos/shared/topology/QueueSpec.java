package dev.pedidos.shared.topology;

import java.util.Map;

/** A durable queue with its {@code x-} arguments. */
public record QueueSpec(String name, Map<String, Object> arguments) {

    public QueueSpec {
        arguments = Map.copyOf(arguments);
    }
}
