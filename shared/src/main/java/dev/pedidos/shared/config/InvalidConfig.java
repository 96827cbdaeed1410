package dev.pedidos.shared.config;

import java.util.List;

/** The environment cannot be used. The message lists every problem with its variable. */
public final class InvalidConfig extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidConfig(List<String> problems) {
        super("The configuration cannot be used, nothing was started:\n  - " + String.join("\n  - ", problems));
    }
}
