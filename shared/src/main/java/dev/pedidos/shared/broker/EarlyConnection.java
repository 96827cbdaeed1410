package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.runtime.HeadStart;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Opens connections for a declaration; the first one in the background, as soon as this object exists. */
public final class EarlyConnection implements TopologyDeclaration.Opening, AutoCloseable {

    private static final String NAME = "topology";

    private final AmqpConnections connections;
    private final HeadStart<Connection> first;

    public EarlyConnection(AmqpConnections connections) {
        this.connections = connections;
        first = new HeadStart<>("first-connection", () -> connections.open(NAME));
    }

    @Override
    public Connection open() throws IOException, TimeoutException {
        var early = first.take();
        if (early.isEmpty()) {
            return connections.open(NAME);
        }
        var opened = result(early.get());
        return opened.isOpen() ? opened : connections.open(NAME);
    }

    @Override
    public void failed(Connection connection, Throwable failure) {
        connections.failed(connection, failure);
    }

    private static Connection result(FutureTask<Connection> early) throws IOException, TimeoutException {
        try {
            return early.get();
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
        first.take()
                .filter(early -> early.state() == Future.State.SUCCESS)
                .ifPresent(early -> ConnectionEnd.abort(early.resultNow()));
    }
}
