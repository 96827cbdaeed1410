package dev.pedidos.shared.runtime;

import java.io.Console;
import org.slf4j.LoggerFactory;

/** Picks the log format. Call it before the first logger is made: logback.xml reads the property once. */
public final class Logging {

    private Logging() {}

    public static void configure(Env env) {
        String format = env.text(Settings.LOG).filter(Settings.LOG.valid()).orElse(isTerminal() ? "text" : "json");
        System.setProperty("pedidos.log", format);
        // The JVM's own way to say it goes past the log and its masks.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LoggerFactory.getLogger(Logging.class)
                .error("thread {} ended, which it should not", thread.getName(), failure));
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
