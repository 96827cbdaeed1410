package dev.pedidos.shared.runtime;

import java.io.Console;
import org.slf4j.LoggerFactory;

/** Chooses the log format. Call it before the first logger is created: it reads the property once. */
public final class Logging {

    private Logging() {}

    public static void configure(Env env) {
        String format = env.text(Settings.LOG).filter(Settings.LOG.valid()).orElse(isTerminal() ? "text" : "json");
        System.setProperty("pedidos.log", format);
        // The JVM's default writes to standard error, past the log and its masking.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LoggerFactory.getLogger(Logging.class)
                .error("thread {} ended unexpectedly", thread.getName(), failure));
    }

    /** From JDK 22 on System.console() also exists without a terminal, and has a method that tells. */
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
