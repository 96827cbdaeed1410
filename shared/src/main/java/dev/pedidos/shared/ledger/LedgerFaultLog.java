package dev.pedidos.shared.ledger;

import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Logs a fault of the database in one line, and again every minute while it lasts. */
public final class LedgerFaultLog {

    private final Logger log;
    private final RepeatedFaultLog repeated;

    public LedgerFaultLog(Logger log) {
        this(log, new RepeatedFaultLog(log));
    }

    LedgerFaultLog(Logger log, RepeatedFaultLog repeated) {
        this.log = log;
        this.repeated = repeated;
    }

    /**
     * Other failures are logged every time, with their stack trace.
     *
     * @param consequence what the failure means and what happens next
     */
    public void warn(String consequence, Throwable failure) {
        warn(consequence, failure, Map.of());
    }

    /**
     * As {@link #warn(String, Throwable)}.
     *
     * @param named values of the line, such as the pedido_id; with other ones the fault is the same
     */
    public void warn(String consequence, Throwable failure, Map<String, String> named) {
        if (LedgerFault.kindOf(failure).isEmpty()) {
            RepeatedFaultLog.warning(log, named).setCause(failure).log("{}", consequence);
            return;
        }
        repeated.warn(consequence, LedgerFault.stateOf(failure), FaultText.describe(failure), named);
    }

    /** A receiver of failures that logs them with {@link #warn(String, Throwable)} and this consequence. */
    public Consumer<Throwable> warning(String consequence) {
        return failure -> warn(consequence, failure);
    }

    /** As {@link #warn(String, Throwable)}, for a fault without an exception. */
    public void warn(String consequence, String fault) {
        repeated.warn(consequence, fault);
    }

    /**
     * The fault is over; the next one is logged at once.
     *
     * @return true if a fault had been logged
     */
    public boolean over() {
        return repeated.over();
    }
}
