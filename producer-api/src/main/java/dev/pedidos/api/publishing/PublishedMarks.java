package dev.pedidos.api.publishing;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Marks in the ledger what the broker has confirmed, many pedidos at once. A mark may get lost: then the relay publishes the
 * pedido again, and the worker's turnstile drops the second copy.
 */
public final class PublishedMarks implements AutoCloseable {

    /** Writes marks. Returns how many rows still needed one. */
    @FunctionalInterface
    public interface Marker {
        int mark(List<PublishedMark> marks) throws Exception;
    }

    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(PublishedMarks.class));
    private static final int LARGEST = 1_000;
    private static final int MOST_WAITING = 100_000;
    private static final Duration STOP_CHECK = Duration.ofMillis(100);
    /** Most pedidos are finished by then, and need no mark. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private final BlockingQueue<PublishedMark> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Marker marker;
    private final PublishingMetrics metrics;
    private final Thread writer = Thread.ofPlatform().name("published-marks").unstarted(this::write);
    private volatile boolean stopping;

    public PublishedMarks(Marker marker, PublishingMetrics metrics) {
        this.marker = marker;
        this.metrics = metrics;
    }

    public void start() {
        writer.start();
    }

    public void add(PublishedMark mark) {
        if (!waiting.offer(mark)) {
            metrics.marksLost(1);
        }
    }

    private void write() {
        try {
            while (!stopping || !waiting.isEmpty()) {
                List<PublishedMark> gathered = gather();
                if (!gathered.isEmpty()) {
                    mark(gathered);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<PublishedMark> gather() throws InterruptedException {
        List<PublishedMark> gathered = new ArrayList<>();
        @Nullable PublishedMark mark = waiting.poll(STOP_CHECK.toMillis(), TimeUnit.MILLISECONDS);
        long until = System.nanoTime() + GATHER.toNanos();
        while (mark != null) {
            gathered.add(mark);
            waiting.drainTo(gathered, LARGEST - gathered.size());
            long left = stopping || gathered.size() >= LARGEST ? 0 : until - System.nanoTime();
            mark = left > 0 ? waiting.poll(left, TimeUnit.NANOSECONDS) : null;
        }
        return gathered;
    }

    private void mark(List<PublishedMark> gathered) {
        try {
            metrics.marked(marker.mark(gathered));
        } catch (Exception e) {
            metrics.marksLost(gathered.size());
            FAULTS.warn("published pedidos could not be marked; the relay publishes them again", e);
        }
    }

    /** Writes the marks that wait, then ends. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        writer.join();
    }
}
