package dev.pedidos.shared.runtime;

import java.util.Set;

/** Picks the log format. Call it before the first logger is made: logback.xml reads the property once. */
public final class Logging {

    private Logging() {}

    public static void configure(Env env) {
        String onTerminal = System.console() != null ? "text" : "json";
        String format = env.parsed(Settings.LOG, onTerminal, "must be text or json", value -> {
            if (!Set.of("text", "json").contains(value)) {
                throw new IllegalArgumentException();
            }
            return value;
        });
        System.setProperty("pedidos.log", format);
    }
}
