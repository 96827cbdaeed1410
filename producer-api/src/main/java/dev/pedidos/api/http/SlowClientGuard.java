package dev.pedidos.api.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Closes a connection whose client takes too long for a head or a body, even if a byte comes now and then, or that
 * sends many bytes of no request. Beyond the bound on connections it closes the one that has waited longest.
 */
final class SlowClientGuard implements Connection.Listener {
    /** While a request or its answer is under way, and before the first one. */
    static final Duration IDLE = Duration.ofSeconds(10);

    /**
     * Between two requests. Longer than the 60 s for which nginx and Amazon's load balancers keep a connection: if the
     * server closed first, a request that is already on its way would get no answer, and a POST may not be repeated.
     */
    static final Duration IDLE_BETWEEN_REQUESTS = Duration.ofSeconds(75);

    /** For a head, from its first byte on or from the beginning of the connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The connection's own bound comes first. */
    private static final Duration REST = IDLE_BETWEEN_REQUESTS.plusSeconds(5);

    /**
     * Before a head: also the rest of a body that nobody wants. The server reads it after the answer, in one go, however much
     * comes.
     */
    private static final long MOST_BEFORE_A_HEAD = 1024 * 1024;

    static final Duration PAUSE = Duration.ofSeconds(1);

    /** A look that comes this much later than it is due has stood still with the whole process. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(2);

    private final int mostConnections;
    private final LongSupplier nanoTime;
    /** Connections with a current request are not in it. */
    private final Map<Connection, Wait> waiting = new ConcurrentHashMap<>();

    private final Map<Connection, BodyLoad> receiving = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closing;
    /** Only the thread that looks uses it, and the next one. */
    private long lastLookNanos;

    private boolean skipped;

    SlowClientGuard(int mostConnections, LongSupplier nanoTime) {
        this.mostConnections = mostConnections;
        this.nanoTime = nanoTime;
        lastLookNanos = nanoTime.getAsLong();
    }

    /** @param bytes received before it, of which none belongs to the head that is awaited */
    private record Wait(long sinceNanos, Duration patience, long bytes) {
        boolean isOver(long now) {
            return now - sinceNanos > patience.toNanos();
        }

        boolean isRest() {
            return patience.equals(REST);
        }
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, new Wait(nanoTime.getAsLong(), PATIENCE, 0));
        if (open.incrementAndGet() > mostConnections) {
            waiting.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().sinceNanos()))
                    .ifPresent(longest -> close(longest.getKey()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
        receiving.remove(connection);
        open.decrementAndGet();
    }

    /** A request has arrived: the connection does not wait any more. */
    void hasCome(Connection connection) {
        waiting.remove(connection);
        mayIdle(connection, IDLE);
    }

    void receives(Connection connection, BodyLoad body) {
        receiving.put(connection, body);
    }

    /** The body is there, or its rest is not wanted. */
    void received(Connection connection) {
        receiving.remove(connection);
    }

    /** The request is answered; the connection waits for the next one. */
    void await(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            mayIdle(connection, IDLE_BETWEEN_REQUESTS);
            waiting.put(connection, new Wait(nanoTime.getAsLong(), REST, connection.getBytesIn()));
            if (!connection.getEndPoint().isOpen()) {
                waiting.remove(connection);
            }
        }
    }

    private void mayIdle(Connection connection, Duration time) {
        if (!closing) {
            connection.getEndPoint().setIdleTimeout(time.toMillis());
        }
    }

    /** The server gives the open connections little time from now on, and no connection is given more. */
    void closeSoon() {
        closing = true;
    }

    /** After a standstill, what clients sent meanwhile is not read yet: the first look closes nobody. The one after it does, late or not. */
    Duration closeSlow() {
        long now = nanoTime.getAsLong();
        boolean late = now - lastLookNanos > PAUSE.plus(STOOD_STILL).toNanos();
        lastLookNanos = now;
        skipped = late && !skipped;
        if (!skipped) {
            closeSlow(now);
        }
        return PAUSE;
    }

    private void closeSlow(long now) {
        waiting.forEach((connection, wait) -> {
            if (wait.isOver(now) || connection.getBytesIn() - wait.bytes() > MOST_BEFORE_A_HEAD) {
                close(connection);
            } else if (wait.isRest() && connection.getBytesIn() > wait.bytes()) {
                waiting.replace(connection, wait, new Wait(now, PATIENCE, wait.bytes()));
            }
        });
        receiving.forEach((connection, body) -> {
            if (body.isOverdue(now, connection.getBytesIn())) {
                close(connection);
            }
        });
    }

    private void close(Connection connection) {
        waiting.remove(connection);
        receiving.remove(connection);
        connection.getEndPoint().close(new TimeoutException("the head or the body of a request came too slowly"));
    }
}
