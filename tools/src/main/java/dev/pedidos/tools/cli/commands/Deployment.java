package dev.pedidos.tools.cli.commands;

import dev.pedidos.shared.text.RootLocale;
import java.util.Optional;
import java.util.Set;

/** The image with the commands of a deployment: what starts, stops or builds programs of a checkout belongs outside of it. */
public final class Deployment {
    /** Set by the image. */
    static final String PROPERTY = "pedidos.deployment";

    private static final Set<String> OUTSIDE = Set.of("up", "status", "down", "demo", "torture", "test");

    private Deployment() {}

    /** What to tell the one who asked for this; empty where it can be done here. */
    public static Optional<String> refusal(String... arguments) {
        if (System.getProperty(PROPERTY) == null || arguments.length == 0 || !OUTSIDE.contains(arguments[0])) {
            return Optional.empty();
        }
        return Optional.of(RootLocale.format(
                "pedidos: `%s` is for a checkout of Pedidos, as ./pedidos %s outside of this container. Nothing was done."
                        + " This system is looked after by docker compose up, ps, logs and down.",
                arguments[0], arguments[0]));
    }
}
