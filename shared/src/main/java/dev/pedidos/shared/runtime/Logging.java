package dev.pedidos.shared.runtime;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import org.slf4j.LoggerFactory;

/**
 * Chooses the format of the log, which goes to standard error. Call it before the first logger is created: that one reads
 * the property, once.
 */
public final class Logging {

    private Logging() {}

    public static void configure(Env env) {
        String format =
                env.text(Settings.LOG).filter(Settings.LOG.valid()).orElse(Terminal.onStderr() ? "text" : "json");
        System.setProperty("pedidos.log", format);
        // The JVM's default writes to standard error, past the log and its masking.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LoggerFactory.getLogger(Logging.class)
                .error("thread {} ended unexpectedly", thread.getName(), failure));
    }
}
