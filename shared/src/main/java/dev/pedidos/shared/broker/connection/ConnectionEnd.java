package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections. The link of an ended connection opens the next one. */
public final class ConnectionEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEnd.class);
    private static final int CLOSE_TIMEOUT_MS = 2_000;
    /** Longer than the broker's answer may take: then a writer that the socket holds up is in the way. */
    private static final Duration HELD_UP = Duration.ofSeconds(3);

    private ConnectionEnd() {}

    /**
     * Closes a connection in any state. A broker that reads nothing holds up a writer, and this call behind it. The end of the socket
     * frees both.
     */
    public static void abort(Connection connection) {
        abort(connection, AMQP.REPLY_SUCCESS, "OK");
    }

    /** As {@link #abort}, because the node does not answer: the link tries the others first. */
    public static void giveUp(Connection connection) {
        abort(connection, AMQP.INTERNAL_ERROR, "no answer");
    }

    /** As {@link #giveUp}, for a caller that must not wait for the end. */
    public static void beginGivingUp(Connection connection) {
        Thread.ofVirtual().start(() -> giveUp(connection));
    }

    private static void abort(Connection connection, int code, String text) {
        var closed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> closeSocketUnless(closed, connection));
        try {
            connection.abort(code, text, CLOSE_TIMEOUT_MS);
        } finally {
            closed.countDown();
        }
    }

    private static void closeSocketUnless(CountDownLatch closed, Connection connection) {
        try {
            if (!closed.await(HELD_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                GatheredWrites.of(connection).ifPresent(GatheredWrites::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the connection up if this failure of its use may be the node's. Otherwise aborts it. */
    public static void closeAfter(Throwable failure, Connection connection) {
        if (BrokerFault.isOfTheNode(failure)) {
            giveUp(connection);
        } else {
            abort(connection);
        }
    }

    /**
     * Closes the connection of a channel that the broker or the network has closed, so that everything on it is set up
     * again.
     */
    public static void closeOnFault(ShutdownSignalException cause, Connection connection) {
        if (!cause.isInitiatedByApplication() && !cause.isHardError()) {
            LOG.warn("the broker closed a channel ({}); opening the connection again", BrokerFault.describe(cause));
            Thread.ofVirtual().start(() -> abort(connection));
        }
    }
}
