package dev.pedidos.shared.runtime;

import java.io.Console;
import java.util.Set;

/** Picks the log format. Call it before the first logger is made: logback.xml reads the property once. */
public final class Logging {

    private Logging() {}

    public static void configure(Env env) {
        String onTerminal = isTerminal() ? "text" : "json";
        String format = env.parsed(Settings.LOG, onTerminal, "must be text or json", value -> {
            if (!Set.of("text", "json").contains(value)) {
                throw new IllegalArgumentException();
            }
            return value;
        });
        System.setProperty("pedidos.log", format);
    }

    /** From JDK 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }
}
