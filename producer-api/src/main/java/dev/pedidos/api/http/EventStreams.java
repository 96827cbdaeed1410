package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams, bounded in number and bytes. Writes their comments, and cuts off clients that read too slowly. */
public final class EventStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_PIECES = Duration.ofMillis(500);

    private final int most;
    private final int bytesEach;
    private final Executor writing;
    private final Semaphore room;
    private final Counter cut;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final PeriodicTask watch = new PeriodicTask(
            "stream-watch",
            Timing.interruptedAtStop(PAUSE),
            this::look,
            failure -> LOG.warn("open streams could not be looked at; tried again", failure));
    private volatile boolean closed;

    /**
     * @param most streams at once
     * @param bytesEach that may wait for one client
     * @param writing runs the writing
     */
    public EventStreams(int most, int bytesEach, Executor writing, MeterRegistry metrics) {
        this.most = most;
        this.bytesEach = bytesEach;
        this.writing = writing;
        room = new Semaphore(most);
        Gauge.builder("pedidos_listeners", () -> most - room.availablePermits()).register(metrics);
        cut = metrics.counter("pedidos_listeners_cut_total");
    }

    public void start() {
        watch.start();
    }

    /**
     * Takes a place for this request, until its answer ends.
     *
     * @throws ProblemException there are too many
     */
    public EventStream open(Context ctx) {
        if (closed || !room.tryAcquire()) {
            throw new ProblemException(Problem.overloaded());
        }
        var stream = new EventStream(bytesEach, writing, room::release);
        ctx.req().setAttribute(EventStream.ATTRIBUTE, stream);
        return stream;
    }

    /** Answers with the stream; for HEAD with its status and headers alone. */
    public void begin(Context ctx, EventStream stream) {
        ctx.status(200).contentType("text/event-stream");
        ctx.header("Cache-Control", "no-store");
        // Or proxies that obey this header would collect the events.
        ctx.header("X-Accel-Buffering", "no");
        if (ctx.method().equals(HandlerType.GET)) {
            stream.begin();
            open.add(stream);
        }
    }

    private Duration look() {
        long now = System.nanoTime();
        open.removeIf(EventStream::isOver);
        for (EventStream stream : open) {
            if (!stream.keepAlive(now)) {
                cut.increment();
                stream.cut();
            }
        }
        return PAUSE;
    }

    /** Streams end at once: their clients go on elsewhere, with Last-Event-ID. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        watch.close();
        open.forEach(EventStream::stop);
        if (!room.tryAcquire(most, LAST_PIECES.toMillis(), TimeUnit.MILLISECONDS)) {
            open.forEach(EventStream::cut);
        }
    }
}
