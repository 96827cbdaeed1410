package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.broker.connection.NoFreeChannel;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers of several queues on one connection; every new connection sets them up again. If a queue has a single
 * active consumer, the other consumers wait in the order of their subscriptions. A pause closes all channels:
 * deliveries wait in their queues and not in this program.
 */
public final class Consumers implements ConnectionUser, QueuePlaces {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private final Function<String, DeliveryHandler> work;
    private final ConsumeBounds bounds;
    /**
     * By queue. Null: the queue is wanted, and its consumer opens with the next connection or at the end of a pause.
     */
    private final Map<String, @Nullable Subscription> wanted = new TreeMap<>();
    /** Subscriptions that were given up and may still be handling a delivery. */
    private final List<Subscription> ending = new ArrayList<>();

    private final MissingQueues missing;
    private final QueueTrials trials;

    private @Nullable Connection connection;
    private boolean paused;
    private boolean stopped;
    private long subscriptions;

    /**
     * @param work the handler of each queue
     * @param onMissing told of each queue that the broker does not have; must not wait
     * @param connections for queues that cannot be consumed: they are tried on others, one at a time
     */
    public Consumers(
            Function<String, DeliveryHandler> work,
            ConsumeBounds bounds,
            Runnable onMissing,
            AmqpConnections connections) {
        this.work = work;
        this.bounds = bounds;
        missing = new MissingQueues(onMissing);
        trials = new QueueTrials(connections, this::isOpen, this::openWanted);
    }

    /** Tries again if its consumer could not be opened. */
    @Override
    public synchronized void join(String queue) {
        if (wanted.get(queue) == null) {
            wanted.put(queue, null);
            openWanted();
        }
    }

    @Override
    public synchronized void joinAtEnd(String queue) {
        leave(queue);
        join(queue);
    }

    @Override
    public synchronized void leave(String queue) {
        missing.forget(queue);
        trials.forget(queue);
        end(wanted.remove(queue));
    }

    @Override
    public synchronized Map<String, Long> places() {
        Map<String, Long> places = new TreeMap<>();
        wanted.forEach((queue, subscription) -> {
            if (subscription != null) {
                places.put(queue, subscription.number());
            }
        });
        return places;
    }

    @Override
    public synchronized Map<String, Long> ending() {
        ending.removeIf(Subscription::hasEnded);
        Map<String, Long> places = new TreeMap<>();
        ending.forEach(subscription -> places.put(subscription.queue(), subscription.number()));
        return places;
    }

    @Override
    public synchronized void connected(Connection fresh) throws IOException {
        connection = fresh;
        missing.forgetAll();
        open(fresh);
    }

    @Override
    public synchronized void lost() {
        connection = null;
        endAll();
    }

    /** Starts no further delivery until resumed; the current ones are finished. */
    public synchronized void pause() {
        paused = true;
        endAll();
    }

    public synchronized void resume() {
        paused = false;
        openWanted();
    }

    private synchronized boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    private synchronized void openWanted() {
        var current = connection;
        if (current == null || !current.isOpen()) {
            return;
        }
        try {
            open(current);
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("consuming could not start ({}); opening the connection again", BrokerFault.describe(e));
            ConnectionEnd.closeAfter(e, current);
        }
    }

    private void open(Connection on) throws IOException {
        ending.removeIf(Subscription::hasEnded);
        if (paused || stopped) {
            return;
        }
        for (var each : wanted.entrySet()) {
            String queue = each.getKey();
            if (each.getValue() == null && !missing.rests(queue) && !trials.isOn(queue)) {
                try {
                    each.setValue(opened(on, queue));
                } catch (NoFreeChannel e) {
                    faults.warn(
                            "this worker does not work on all of its shards; those that it has go on",
                            String.valueOf(e.getMessage()));
                    return;
                }
            }
        }
        if (missing.isEmpty()) {
            faults.over();
        }
    }

    /**
     * Null: the broker does not have the queue, or does not let it be consumed.
     *
     * @throws IOException among others, the broker does not let it be consumed, and the connection cannot be used any more
     */
    private @Nullable Subscription opened(Connection on, String queue) throws IOException {
        var subscription = Subscription.on(on, queue, ++subscriptions, bounds, work.apply(queue));
        try {
            subscription.begin();
        } catch (IOException e) {
            if (BrokerFault.isMissing(e)) {
                faults.warn("a shard is missing at the broker; the others go on", BrokerFault.describe(e));
                missing.reported(queue);
                return null;
            }
            if (!BrokerFault.mayBeOfTheQueue(e)) {
                throw e;
            }
            trials.begin(queue, e);
            if (BrokerFault.isOfTheNode(e)) {
                unopened().forEach(trials::beginAtOnce);
                throw e;
            }
            return null;
        }
        missing.forget(queue);
        trials.forget(queue);
        return subscription;
    }

    private List<String> unopened() {
        return wanted.keySet().stream()
                .filter(queue -> wanted.get(queue) == null)
                .toList();
    }

    private void endAll() {
        wanted.replaceAll((queue, subscription) -> {
            end(subscription);
            return null;
        });
    }

    private void end(@Nullable Subscription subscription) {
        if (subscription != null) {
            subscription.announceStop();
            ending.add(subscription);
        }
    }

    /** Finishes every current delivery, and starts no more. */
    public void stop() throws InterruptedException {
        for (var subscription : announceStop()) {
            subscription.awaitEnd();
        }
    }

    private synchronized List<Subscription> announceStop() {
        stopped = true;
        trials.stop();
        endAll();
        return List.copyOf(ending);
    }
}
