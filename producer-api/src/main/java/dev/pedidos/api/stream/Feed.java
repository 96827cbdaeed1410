package dev.pedidos.api.stream;

import dev.pedidos.api.http.EventStream;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.read.StreamLedger;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one reader of events for all streams of this program. While somebody listens it looks for new events, and else
 * it asks nothing. While the database is down the streams stay open and go on from their places later.
 */
public final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LOG);
    /** Between two looks for new events. */
    private static final Duration PACE = Duration.ofMillis(25);

    private static final Duration SETTLING = Duration.ofMillis(10);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);

    private final StreamLedger ledger;
    private final BooleanSupplier ledgerUp;
    private final FanOut listeners;
    private final StreamAdmission admission;
    private final Horizon horizon = new Horizon();
    private final Queue<Join> joins = new ConcurrentLinkedQueue<>();
    private final Semaphore somebody = new Semaphore(0);
    private final PeriodicTask task = new PeriodicTask(
            "streams",
            Timing.interruptedAtStop(AFTER_FAILURE),
            this::step,
            FAULTS.warning("events could not be read: streams stay open and go on later"));
    private volatile boolean closed;

    public Feed(StreamLedger ledger, BooleanSupplier ledgerUp, StreamMetrics metrics) {
        this.ledger = ledger;
        this.ledgerUp = ledgerUp;
        listeners = new FanOut(ledger, metrics::sent);
        admission = new StreamAdmission(ledger);
    }

    public void start() {
        task.start();
    }

    /** @param after the last event that the client has; empty if it has none */
    CompletableFuture<Joined> join(Wanted wanted, OptionalLong after, EventStream stream) {
        var join = new Join(wanted, after, stream, new CompletableFuture<>());
        joins.add(join);
        somebody.release();
        if (closed) {
            refuse(join);
        }
        return join.result();
    }

    private Duration step() throws InterruptedException {
        listeners.forgetWhoLeft();
        if (listeners.isEmpty() && joins.isEmpty()) {
            horizon.forget();
            somebody.acquire();
        }
        somebody.drainPermits();
        if (!ledgerUp.getAsBoolean()) {
            refuseAll();
            return AFTER_FAILURE;
        }
        try {
            return read();
        } catch (RuntimeException e) {
            refuseAll();
            throw e;
        }
    }

    private Duration read() {
        // A client that joins after the look may know an event that the look did not see. It waits for the next look.
        int arrived = joins.size();
        if (!horizon.see(ledger.newest(horizon.newest(), horizon.isWaiting()))) {
            LOG.warn(
                    "the ledger has fewer events than before: it was replaced. All streams end, their clients begin again");
            listeners.endAll();
            horizon.forget();
            return Duration.ZERO;
        }
        if (!horizon.isKnown()) {
            return SETTLING;
        }
        if (listeners.isEmpty()) {
            listeners.beginAt(horizon.settled());
        }
        boolean more = admit(arrived);
        more |= listeners.give(horizon.settled());
        if (more) {
            return Duration.ZERO;
        }
        return horizon.isWaiting() ? SETTLING : PACE;
    }

    /** @param arrived those that came before the newest event was read */
    private boolean admit(int arrived) {
        List<Join> admitted = new ArrayList<>();
        for (int i = 0; i < arrived && admitted.size() < FanOut.MOST_BEGINNING; i++) {
            Join next = joins.remove();
            if (!next.result().isDone()) {
                admitted.add(next);
            }
        }
        try {
            admission.admit(admitted, horizon.newest(), listeners.position()).forEach(listeners::add);
        } catch (RuntimeException e) {
            admitted.forEach(join -> join.result().completeExceptionally(e));
            throw e;
        }
        return !joins.isEmpty();
    }

    private void refuseAll() {
        for (Join join = joins.poll(); join != null; join = joins.poll()) {
            refuse(join);
        }
    }

    private static void refuse(Join join) {
        join.result()
                .completeExceptionally(new ProblemException(
                        Problem.unavailable("The events cannot be read now; ask again a little later.")));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        task.close();
        refuseAll();
    }
}
