package dev.pedidos.shared.ledger;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs a database fault in one line, and again every minute while it lasts. Many threads meet the same fault many
 * times a second.
 */
public final class FaultLog {

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Long> saidAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    public FaultLog(Logger log) {
        this(log, System::nanoTime);
    }

    /** @param nanos System::nanoTime, or the clock of a test */
    FaultLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /**
     * Other failures are logged every time, with their stack trace.
     *
     * @param consequence what the failure means and what happens next
     */
    public void warn(String consequence, Throwable failure) {
        if (LedgerFault.kindOf(failure).isEmpty()) {
            log.warn("{}", consequence, failure);
            return;
        }
        say(consequence, LedgerFault.stateOf(failure), LedgerFault.describe(failure));
    }

    /** A receiver of failures that logs them with {@link #warn(String, Throwable)} and this consequence. */
    public Consumer<Throwable> warning(String consequence) {
        return failure -> warn(consequence, failure);
    }

    /** As {@link #warn(String, Throwable)}, for a fault without an exception. */
    public void warn(String consequence, String fault) {
        say(consequence, fault, fault);
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

    private void say(String consequence, String fault, String described) {
        if (isDue(consequence + fault)) {
            log.warn("{} ({})", consequence, described);
        }
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
