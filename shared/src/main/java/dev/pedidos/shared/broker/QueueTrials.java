package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues that could not be consumed. Each is tried on connections of its own until it can be: RabbitMQ ends the whole connection if a
 * queue has no leader. A trial takes no message, and no place in the line of consumers.
 */
final class QueueTrials {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTrials.class);
    private static final String NAME = "queue-trial";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private final AmqpConnections connections;
    private final Runnable onAnswer;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    /** By queue that was not consumed since it was first tried. */
    private final Map<String, Duration> pauses = new ConcurrentHashMap<>();

    private final CountDownLatch stopping = new CountDownLatch(1);

    /** @param onAnswer called when a queue can be consumed again */
    QueueTrials(AmqpConnections connections, Runnable onAnswer) {
        this.connections = connections;
        this.onAnswer = onAnswer;
    }

    /** It must not be consumed meanwhile. */
    boolean isOn(String queue) {
        return running.contains(queue);
    }

    /** It could not be consumed: it is tried after a pause. */
    void begin(String queue, IOException failure) {
        pauses.put(queue, longerPause(queue));
        say(queue, failure);
        start(queue);
    }

    /** Another queue could not be consumed, perhaps for a reason that this one shares: it is tried at once. */
    void beginAtOnce(String queue) {
        pauses.putIfAbsent(queue, Duration.ZERO);
        start(queue);
    }

    /** It is consumed. */
    void succeeded(String queue) {
        if (pauses.remove(queue) != null && pauses.isEmpty() && faults.over()) {
            LOG.info("every shard of this worker can be consumed again");
        }
    }

    void stop() {
        stopping.countDown();
    }

    private void start(String queue) {
        if (running.add(queue)) {
            Thread.ofPlatform().name(NAME + "-" + queue).daemon().start(() -> run(queue));
        }
    }

    private void run(String queue) {
        try {
            do {
                if (stopping.await(pauses.getOrDefault(queue, FIRST_PAUSE).toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (!answers(queue));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } finally {
            running.remove(queue);
        }
        onAnswer.run();
    }

    private boolean answers(String queue) {
        Connection connection;
        try {
            connection = connections.open(NAME);
        } catch (IOException | TimeoutException | RuntimeException e) {
            LOG.debug("no connection to try {} on", queue, e);
            pauses.merge(queue, FIRST_PAUSE, QueueTrials::longer);
            return false;
        }
        try {
            QueueCounts.awaitLeaderOf(queue, new ReopeningChannel(connection));
            return true;
        } catch (Throwable e) {
            // An Error too: nobody else would try it again.
            if (e instanceof IOException answer && Causes.isMissing(answer)) {
                return true;
            }
            connections.failed(connection, e);
            pauses.put(queue, longerPause(queue));
            say(queue, e);
            return false;
        } finally {
            BrokerLink.abort(connection);
        }
    }

    private void say(String queue, Throwable failure) {
        faults.warn(
                "a shard cannot be consumed; the others go on, and it is tried again",
                queue,
                queue + ": " + Causes.of(failure));
    }

    private Duration longerPause(String queue) {
        var last = pauses.getOrDefault(queue, Duration.ZERO);
        return longer(FIRST_PAUSE, Collections.min(List.of(last.multipliedBy(2), LONGEST_PAUSE)));
    }

    private static Duration longer(Duration one, Duration other) {
        return Collections.max(List.of(one, other));
    }
}
