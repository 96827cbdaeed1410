package dev.pedidos.shared.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs a fault that repeats once per interval: a minute. Many threads meet the same fault many times a second. */
public final class RepeatedFaultLog {

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Long> saidAt = BoundedMap.byInsertion(MOST);

    public RepeatedFaultLog(Logger log) {
        this(log, System::nanoTime);
    }

    /** @param nanos System::nanoTime, or the clock of a test */
    public RepeatedFaultLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** @param consequence what the fault means and what happens next */
    public void warn(String consequence, String fault) {
        warn(consequence, fault, fault);
    }

    /**
     * As {@link #warn(String, String)}.
     *
     * @param named values of the line; they do not make it another fault
     */
    public void warn(String consequence, String fault, Map<String, String> named) {
        warn(consequence, fault, fault, named);
    }

    /**
     * As {@link #warn(String, String)}.
     *
     * @param fault identifies the fault: logged once a minute
     * @param described its text in the log
     */
    public void warn(String consequence, String fault, String described) {
        warn(consequence, fault, described, Map.of());
    }

    /**
     * As {@link #warn(String, String, String)}.
     *
     * @param named as of {@link #warn(String, String, Map)}
     */
    public void warn(String consequence, String fault, String described, Map<String, String> named) {
        if (isDue(consequence + fault)) {
            warning(log, named).log("{} ({})", consequence, described);
        }
    }

    /** As {@link #warn(String, String, String)}, for a fault that an operator has to end. */
    public void error(String consequence, String fault, String described) {
        if (isDue(consequence + fault)) {
            log.error("{} ({})", consequence, described);
        }
    }

    /** A line of this log with named values. */
    public static LoggingEventBuilder warning(Logger log, Map<String, String> named) {
        var line = log.atWarn();
        for (var value : named.entrySet()) {
            line = line.addKeyValue(value.getKey(), value.getValue());
        }
        return line;
    }

    /**
     * The fault is over; the next one is logged at once.
     *
     * @return true if a fault had been logged
     */
    public synchronized boolean over() {
        boolean said = !saidAt.isEmpty();
        saidAt.clear();
        return said;
    }

    private synchronized boolean isDue(String key) {
        long now = nanos.getAsLong();
        Long before = saidAt.get(key);
        if (before != null && now - before < AGAIN.toNanos()) {
            return false;
        }
        saidAt.put(key, now);
        return true;
    }
}
