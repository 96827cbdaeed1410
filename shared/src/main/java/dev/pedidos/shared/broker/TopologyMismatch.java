package dev.pedidos.shared.broker;

import java.util.List;

/** The broker has not what this program needs, or has it with other arguments: starting would break a promise. */
public final class TopologyMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Queues or exchanges of these names exist with other arguments. */
    public TopologyMismatch(List<String> problems) {
        this(problems, "Empty and delete what is named, or choose another PEDIDOS_PREFIX.");
    }

    private TopologyMismatch(List<String> problems, String advice) {
        super("The broker's topology is not the one this program needs, nothing was started:\n  - "
                + String.join("\n  - ", problems) + "\n" + advice);
    }

    /** For a program that does not make them. */
    static TopologyMismatch missing(List<String> names) {
        return new TopologyMismatch(
                names.stream().map(name -> name + " is missing").toList(),
                "The user of AMQP_URI may not declare them, or PEDIDOS_DECLARE is off: have the broker import what ./pedidos definitions prints"
                        + " with the settings of this program, or use a user who may.");
    }
}
