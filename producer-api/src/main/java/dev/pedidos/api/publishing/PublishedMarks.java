package dev.pedidos.api.publishing;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.LoggerFactory;

/**
 * Marks in the ledger what the broker has confirmed, many pedidos at once, a moment after the confirm: a pedido that is
 * finished by then needs no mark. A mark may get lost: then the relay publishes the pedido again, and the worker's turnstile
 * drops the second copy.
 */
public final class PublishedMarks implements AutoCloseable {

    private record Waiting(PublishedMark mark, long sinceNanos) {}

    /** Much shorter than the relay's grace, which begins with the insert. */
    static final Duration AGE = Duration.ofMillis(200);

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(PublishedMarks.class));
    private static final int LARGEST = 1_000;
    private static final int MOST_WAITING = 100_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LedgerPublisher.Marks ledger;
    private final PublishingMetrics metrics;
    private final PeriodicTask task;

    public PublishedMarks(LedgerPublisher.Marks ledger, PublishingMetrics metrics) {
        this.ledger = ledger;
        this.metrics = metrics;
        this.task = new PeriodicTask(
                "published-marks",
                Timing.finishedAtStop(LOOK_EVERY),
                this::markDue,
                FAULTS.warning(
                        "marking published pedidos failed; it goes on, and the relay publishes again those without a mark"));
    }

    public void start() {
        task.start();
    }

    public void add(PublishedMark mark) {
        if (!waiting.offer(new Waiting(mark, System.nanoTime()))) {
            metrics.marksLost(1);
        }
    }

    private Duration markDue() {
        return markOlderThan(AGE) == LARGEST ? Duration.ZERO : LOOK_EVERY;
    }

    /** Returns how many it took. */
    private int markOlderThan(Duration age) {
        List<PublishedMark> old = new ArrayList<>();
        for (var first = waiting.peek();
                first != null && old.size() < LARGEST && System.nanoTime() - first.sinceNanos() >= age.toNanos();
                first = waiting.peek()) {
            old.add(waiting.remove().mark());
        }
        if (!old.isEmpty()) {
            mark(old);
        }
        return old.size();
    }

    private void mark(List<PublishedMark> marks) {
        try {
            metrics.marked(ledger.mark(marks));
        } catch (Exception e) {
            metrics.marksLost(marks.size());
            FAULTS.warn("published pedidos could not be marked; the relay publishes those again", e);
        }
    }

    /** Writes the marks that wait, then ends. */
    @Override
    public void close() throws InterruptedException {
        task.close();
        while (markOlderThan(Duration.ZERO) > 0) {}
    }
}
