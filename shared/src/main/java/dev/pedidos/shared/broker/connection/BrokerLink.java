package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the broker that is opened again after it is lost. An error on any of its channels closes the whole
 * connection, and everything is set up again on the next one: there is one way to recover, and it is used often.
 */
public final class BrokerLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final AmqpConnections connections;
    private final List<ConnectionUser> users;
    private final ExecutorService consumerThreads;
    private final Thread keeper;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private volatile boolean settled;
    private volatile long opened;

    public BrokerLink(String name, AmqpConnections connections, List<ConnectionUser> users) {
        this.name = name;
        this.connections = connections;
        this.users = List.copyOf(users);
        this.consumerThreads = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name + "-", 0).daemon().factory());
        this.keeper = Thread.ofPlatform().name(name + "-link").daemon().unstarted(this::keep);
    }

    public void start() {
        keeper.start();
    }

    /** True if it is connected and every user is set up. */
    public boolean isUp() {
        return settled && isConnected();
    }

    /** True also while its users are being set up. */
    public boolean isConnected() {
        var current = connection;
        return current != null && current.isOpen();
    }

    /** The number of the connection that is open now; 0 if none is. */
    public long connectionNumber() {
        return isConnected() ? opened : 0;
    }

    private void keep() {
        var pause = FIRST_PAUSE;
        while (stopping.getCount() > 0) {
            try {
                if (connectAndAwaitLoss()) {
                    pause = FIRST_PAUSE;
                }
            } catch (InterruptedException e) {
                // It may have been opened after the stop had looked for it.
                atAnyRate(this::closeConnection);
                return;
            } catch (Throwable failure) {
                // An Error too: a program that goes on without its link does nothing and does not say so.
                LOG.warn(
                        "{}: no connection to the broker at {} ({}); trying again in {} ms",
                        name,
                        connections.address(),
                        BrokerFault.describe(failure),
                        pause.toMillis());
                atAnyRate(this::closeConnection);
            }
            settled = false;
            users.forEach(user -> atAnyRate(user::lost));
            if (stoppedAfter(pause)) {
                return;
            }
            pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        }
    }

    /** Connects, and waits until the connection is lost. Returns whether it lasted. */
    private boolean connectAndAwaitLoss() throws IOException, TimeoutException, InterruptedException {
        var fresh = connections.open(name, consumerThreads);
        var gone = new CountDownLatch(1);
        fresh.addShutdownListener(cause -> {
            if (!cause.isInitiatedByApplication()) {
                LOG.warn("{}: connection to the broker lost ({})", name, BrokerFault.describe(cause));
            }
            gone.countDown();
        });
        setUp(fresh);
        LOG.info("{}: connected to the broker at {}", name, connections.address());
        long since = System.nanoTime();
        gone.await();
        boolean lasted = System.nanoTime() - since > LONGEST_PAUSE.toNanos();
        var cause = fresh.getCloseReason();
        // After a while any node can be cut off. What a node says, and its silence, may repeat.
        if (!lasted || cause.getReason() != null) {
            connections.failed(fresh, cause);
        }
        return lasted;
    }

    private void atAnyRate(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            LOG.error("{}: cleaning up after the lost connection failed", name, failure);
        }
    }

    private void setUp(Connection fresh) throws IOException {
        long number = opened + 1;
        opened = number;
        connection = fresh;
        try {
            for (var user : users) {
                user.connected(fresh);
            }
        } catch (Throwable failure) {
            connections.failed(fresh, failure);
            throw failure;
        }
        settled = true;
    }

    private boolean stoppedAfter(Duration pause) {
        long jitter = ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1);
        try {
            return stopping.await(pause.toMillis() / 2 + jitter, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void closeConnection() {
        var current = connection;
        if (current != null) {
            ConnectionEnd.abort(current);
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        keeper.interrupt();
        closeConnection();
        consumerThreads.shutdown();
    }
}
