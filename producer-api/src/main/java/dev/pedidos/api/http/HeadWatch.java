package dev.pedidos.api.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;

/**
 * Knows which connections wait for the head of a request, and since when. Closes those whose client takes too long,
 * even if it sends a byte now and then; and, if there are more connections than the bound, those that have waited
 * longest.
 */
final class HeadWatch implements Connection.Listener {
    /** Longer than a connection may be idle. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    static final Duration PAUSE = Duration.ofSeconds(1);

    private final int mostConnections;
    /** Since when; connections with a current request are not in it. */
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();

    private final AtomicInteger open = new AtomicInteger();

    HeadWatch(int mostConnections) {
        this.mostConnections = mostConnections;
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, System.nanoTime());
        if (open.incrementAndGet() > mostConnections) {
            waiting.entrySet().stream().min(Map.Entry.comparingByValue()).ifPresent(longest -> close(longest.getKey()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
        open.decrementAndGet();
    }

    /** A request has arrived: the connection does not wait any more. */
    void hasCome(Connection connection) {
        waiting.remove(connection);
    }

    /** The request is answered; the connection waits for the next one. */
    void await(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            waiting.put(connection, System.nanoTime());
            if (!connection.getEndPoint().isOpen()) {
                waiting.remove(connection);
            }
        }
    }

    Duration look() {
        long now = System.nanoTime();
        waiting.forEach((connection, since) -> {
            if (now - since > PATIENCE.toNanos()) {
                close(connection);
            }
        });
        return PAUSE;
    }

    private void close(Connection connection) {
        waiting.remove(connection);
        connection.getEndPoint().close(new TimeoutException("the head of a request came too slowly"));
    }
}
