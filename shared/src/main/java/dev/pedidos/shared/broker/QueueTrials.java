package dev.pedidos.shared.broker;

import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues that could not be consumed. They are tried one after the other, by one thread, on connections of its own until they can be:
 * RabbitMQ ends the whole connection if a queue has no leader. A trial takes no message, and no place in the line of consumers.
 */
final class QueueTrials {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTrials.class);
    private static final String NAME = "queue-trial";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private final AmqpConnections connections;
    private final BooleanSupplier consuming;
    private final Runnable onEnd;
    /** By queue on trial: the System.nanoTime() of its next one. */
    private final Map<String, Long> times = new HashMap<>();
    /** By queue that was not consumed since it was first tried. */
    private final Map<String, Duration> pauses = new HashMap<>();

    private boolean running;
    private boolean stopped;

    /**
     * @param consuming whether the connection that queues are consumed on is open
     * @param onEnd called when a trial has ended: the queue is to be consumed
     */
    QueueTrials(AmqpConnections connections, BooleanSupplier consuming, Runnable onEnd) {
        this.connections = connections;
        this.consuming = consuming;
        this.onEnd = onEnd;
    }

    /** It must not be consumed meanwhile. */
    synchronized boolean isOn(String queue) {
        return times.containsKey(queue);
    }

    /** It could not be consumed: it is tried after a pause. */
    synchronized void begin(String queue, IOException failure) {
        postpone(queue);
        say(queue, failure);
        start();
    }

    /** Another queue could not be consumed, perhaps for a reason that this one shares: it is tried at once. */
    synchronized void beginAtOnce(String queue) {
        pauses.putIfAbsent(queue, Duration.ZERO);
        times.putIfAbsent(queue, System.nanoTime());
        start();
    }

    /** It is consumed, or nobody wants to consume it any more. */
    synchronized void forget(String queue) {
        times.remove(queue);
        if (pauses.remove(queue) != null && pauses.isEmpty() && faults.over()) {
            LOG.info("every shard of this worker can be consumed again");
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private synchronized void start() {
        if (!running) {
            running = true;
            Thread.ofPlatform().name(NAME).daemon().start(this::run);
        }
        notifyAll();
    }

    private void run() {
        try {
            while (awaitOneThatIsDue()) {
                tryThoseThatAreDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if the thread is to end. */
    private synchronized boolean awaitOneThatIsDue() throws InterruptedException {
        while (!stopped && !times.isEmpty()) {
            long left = Collections.min(times.values()) - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        running = false;
        return false;
    }

    private void tryThoseThatAreDue() {
        Connection connection;
        try {
            connection = connections.open(NAME);
        } catch (Throwable e) {
            // An Error too: nobody else would try them again.
            withoutAConnection(e);
            return;
        }
        try {
            var channels = new ReopeningChannel(connection);
            var queue = oneThatIsDue();
            while (queue.isPresent() && connection.isOpen()) {
                if (answers(queue.get(), channels, connection)) {
                    end(queue.get());
                }
                queue = oneThatIsDue();
            }
        } finally {
            ConnectionEnd.abort(connection);
        }
    }

    private boolean answers(String queue, ReopeningChannel channels, Connection connection) {
        try {
            QueueCounts.awaitLeaderOf(queue, channels);
            return true;
        } catch (Throwable e) {
            if (e instanceof IOException answer && BrokerFault.isMissing(answer)) {
                return true;
            }
            if (e instanceof ChannelContinuationTimeoutException
                    || !(e instanceof IOException answer && BrokerFault.mayBeOfTheQueue(answer))) {
                connections.failed(connection, e);
                ConnectionEnd.abort(connection);
            }
            failedAgain(queue, e);
            return false;
        }
    }

    /** The broker may have none to spare, and the queues may be as they should. */
    private void withoutAConnection(Throwable failure) {
        boolean handsBack = consuming.getAsBoolean();
        for (var queue = oneThatIsDue(); queue.isPresent(); queue = oneThatIsDue()) {
            if (handsBack) {
                faults.warn(
                        "shards cannot be tried on a connection of their own: they are tried on that of the others",
                        "",
                        BrokerFault.describe(failure));
                end(queue.get());
            } else {
                pause(queue.get(), FIRST_PAUSE);
            }
        }
    }

    private synchronized void failedAgain(String queue, Throwable failure) {
        if (isOn(queue)) {
            postpone(queue);
            say(queue, failure);
        }
    }

    private void end(String queue) {
        synchronized (this) {
            times.remove(queue);
        }
        onEnd.run();
    }

    private synchronized Optional<String> oneThatIsDue() {
        long now = System.nanoTime();
        return times.entrySet().stream()
                .filter(each -> !stopped && each.getValue() - now <= 0)
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private synchronized void postpone(String queue) {
        var last = pauses.getOrDefault(queue, Duration.ZERO);
        pause(queue, last.isZero() ? FIRST_PAUSE : Collections.min(List.of(last.multipliedBy(2), LONGEST_PAUSE)));
    }

    private synchronized void pause(String queue, Duration pause) {
        pauses.put(queue, pause);
        times.put(queue, System.nanoTime() + pause.toNanos());
    }

    private void say(String queue, Throwable failure) {
        faults.warn(
                "a shard cannot be consumed; the others go on, and it is tried again",
                queue,
                queue + ": " + BrokerFault.describe(failure));
    }
}
