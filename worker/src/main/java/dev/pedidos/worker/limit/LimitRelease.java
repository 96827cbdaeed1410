package dev.pedidos.worker.limit;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.protocol.DuePublisher;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Releases the pedidos that wait for a limit, as many as may call the dependency now or in a moment: it publishes them to their
 * shards. Of all workers one does it at a time, for each dependency.
 */
public final class LimitRelease implements AutoCloseable {

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(LimitRelease.class));
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration AGREE_EVERY = Duration.ofSeconds(1);
    /** How long a step waits for its confirms. It must stay well below ten seconds, after which this worker's limits expire. */
    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(3);
    /** The rest after a step, as a multiple of the step's time; short for the same reason. */
    private static final int REST_PER_STEP = 1;

    private final FleetLimits limits;
    private final LimitQueue lines;
    private final DuePublisher publisher;
    private final LedgerPublisher.Marks marks;
    private final PeriodicTask task = new PeriodicTask(
            "limit-release",
            Timing.interruptedAtStop(AGREE_EVERY).resting(REST_PER_STEP),
            this::step,
            FAULTS.warning("pedidos that wait for a limit could not be released, they wait on; tried again in "
                    + AGREE_EVERY.toSeconds() + " s"));
    private long agreedAt = System.nanoTime() - AGREE_EVERY.toNanos();

    /** @param marks tells the ledger what is published */
    public LimitRelease(FleetLimits limits, LimitQueue lines, DuePublisher publisher, LedgerPublisher.Marks marks) {
        this.limits = limits;
        this.lines = lines;
        this.publisher = publisher;
        this.marks = marks;
    }

    /** The limits of the fleet hold for this worker when it returns. */
    public void start() {
        try {
            limits.agree();
        } catch (SQLException | RuntimeException e) {
            FAULTS.warn("the limits of the fleet could not be read: this worker keeps to its own until they are", e);
        }
        task.start();
    }

    private Duration step() throws SQLException, InterruptedException {
        if (System.nanoTime() - agreedAt >= AGREE_EVERY.toNanos()) {
            limits.agree();
            tidy();
            agreedAt = System.nanoTime();
        }
        long end = System.nanoTime() + CONFIRM_WAIT.toNanos();
        for (var limit : limits.all()) {
            releaseWhileManyWait(limit, end);
        }
        return limits.all().isEmpty() ? AGREE_EVERY : LOOK_EVERY;
    }

    /** A look releases a bounded number. If as many were released there may be more, and slots for them. */
    private void releaseWhileManyWait(Limit limit, long end) throws SQLException, InterruptedException {
        List<Due> released;
        do {
            released = lines.releaseNext(limit);
            publish(released, end);
        } while (released.size() == LimitQueue.MOST && System.nanoTime() < end);
    }

    private void tidy() {
        for (String dependency : lines.dependencies()) {
            lines.forget(dependency);
            if (limits.of(dependency).isEmpty() && limits.areSettled()) {
                lines.lift(dependency);
            }
        }
    }

    /** The relay publishes the pedidos whose messages are not confirmed. */
    void publish(List<Due> released, long end) throws SQLException, InterruptedException {
        var confirms = publisher.publish(released);
        var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        List<PublishedMark> published = ConfirmWait.confirmed(confirms, left);
        if (!published.isEmpty()) {
            marks.mark(published);
        }
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
