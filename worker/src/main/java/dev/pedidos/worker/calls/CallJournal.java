package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.call.CallRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Puts each call on record before its handler goes on. While the database is down the calls are kept here, and are recorded with
 * the next call: a call has happened, whether it can be recorded or not.
 */
final class CallJournal {

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(CallJournal.class));
    private static final int MOST_KEPT = 1_000;

    private final Consumer<List<CallRecord>> ledger;
    private final Deque<CallRecord> kept = new ArrayDeque<>();

    /** @param ledger inserts all of them, or throws */
    CallJournal(Consumer<List<CallRecord>> ledger) {
        this.ledger = ledger;
    }

    void record(CallRecord call) {
        List<CallRecord> batch = withKept(call);
        try {
            ledger.accept(batch);
        } catch (RuntimeException e) {
            FAULTS.warn("calls of handlers cannot be recorded now; they are recorded with the next call", e);
            keep(batch);
        }
    }

    /** Records those that are kept; those that cannot be recorded now are lost. */
    void close() {
        List<CallRecord> rest = taken();
        if (!rest.isEmpty()) {
            ledger.accept(rest);
        }
    }

    private synchronized List<CallRecord> taken() {
        List<CallRecord> batch = new ArrayList<>(kept);
        kept.clear();
        return batch;
    }

    private synchronized List<CallRecord> withKept(CallRecord call) {
        List<CallRecord> batch = taken();
        batch.add(call);
        return batch;
    }

    private synchronized void keep(List<CallRecord> batch) {
        kept.addAll(batch);
        int tooMany = kept.size() - MOST_KEPT;
        for (int i = 0; i < tooMany; i++) {
            kept.removeFirst();
        }
        if (tooMany > 0) {
            FAULTS.warn(
                    "the oldest calls of handlers were dropped and will not be in /audit",
                    "too many calls wait to be recorded");
        }
    }
}
