package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens connections for a declaration; the first one in the background, as soon as this object exists. */
public final class EarlyConnection implements TopologyDeclaration.Opening, AutoCloseable {

    private static final String NAME = "topology";

    private final AmqpConnections connections;
    private final AtomicReference<@Nullable FutureTask<Connection>> first;

    public EarlyConnection(AmqpConnections connections) {
        this.connections = connections;
        var opening = new FutureTask<>(() -> connections.open(NAME));
        first = new AtomicReference<>(opening);
        Thread.ofPlatform().name("first-connection").daemon().start(opening);
    }

    @Override
    public Connection open() throws IOException, TimeoutException {
        var early = first.getAndSet(null);
        if (early == null) {
            return connections.open(NAME);
        }
        try {
            var opened = early.get();
            return opened.isOpen() ? opened : connections.open(NAME);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException down -> throw down;
                case TimeoutException silent -> throw silent;
                case RuntimeException refused -> throw refused;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the broker", e);
        }
    }

    /** Closes the first one if nobody has taken it. */
    @Override
    public void close() {
        var early = first.getAndSet(null);
        if (early != null && early.state() == Future.State.SUCCESS) {
            BrokerLink.abort(early.resultNow());
        }
    }
}
