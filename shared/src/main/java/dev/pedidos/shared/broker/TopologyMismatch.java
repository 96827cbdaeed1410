package dev.pedidos.shared.broker;

import java.util.List;

/** The broker has queues or exchanges of these names with other arguments: starting would break a promise. */
public final class TopologyMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TopologyMismatch(List<String> problems) {
        super("The broker's topology is not the one this program needs, nothing was started:\n  - "
                + String.join("\n  - ", problems)
                + "\nEmpty and delete what is named, or choose another PEDIDOS_PREFIX.");
    }
}
