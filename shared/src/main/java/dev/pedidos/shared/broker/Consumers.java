package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers of several queues on one connection, set up anew with every connection. A pause closes their channels: the
 * deliveries wait in their queues, not here.
 */
public final class Consumers implements BrokerLink.Tenant {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);

    private final Map<String, DeliveryHandler> handlers;
    private final int prefetch;
    /** Those whose thread has not ended yet: after a pause one may still have a delivery in hand. */
    private final List<Subscription> subscriptions = new ArrayList<>();

    private @Nullable Connection connection;
    private boolean paused;
    private boolean stopped;

    /**
     * @param handlers by queue
     * @param prefetch unacknowledged deliveries that the broker may send ahead, per queue
     */
    public Consumers(Map<String, DeliveryHandler> handlers, int prefetch) {
        this.handlers = new TreeMap<>(handlers);
        this.prefetch = prefetch;
    }

    @Override
    public synchronized void connected(Connection fresh) throws IOException {
        connection = fresh;
        if (!paused) {
            subscribe(fresh);
        }
    }

    private void subscribe(Connection to) throws IOException {
        subscriptions.removeIf(Subscription::hasEnded);
        for (var each : handlers.entrySet()) {
            if (!stopped) {
                subscriptions.add(Subscription.open(to, each.getKey(), prefetch, each.getValue()));
            }
        }
    }

    @Override
    public synchronized void lost() {
        connection = null;
        subscriptions.forEach(Subscription::announceStop);
    }

    /** Takes no further delivery until resumed; what is in hand comes to its end. */
    public synchronized void pause() {
        if (!paused) {
            paused = true;
            subscriptions.forEach(Subscription::announceStop);
        }
    }

    public synchronized void resume() {
        if (!paused) {
            return;
        }
        paused = false;
        var current = connection;
        if (current == null) {
            return;
        }
        try {
            subscribe(current);
        } catch (IOException | RuntimeException e) {
            LOG.warn("consuming could not be resumed ({}); opening the connection anew", Causes.of(e));
            BrokerLink.abort(current);
        }
    }

    /** Lets every delivery in hand come to its end, and takes no more. */
    public void stop() throws InterruptedException {
        for (var subscription : announceStop()) {
            subscription.awaitEnd();
        }
    }

    private synchronized List<Subscription> announceStop() {
        stopped = true;
        subscriptions.forEach(Subscription::announceStop);
        return List.copyOf(subscriptions);
    }
}
