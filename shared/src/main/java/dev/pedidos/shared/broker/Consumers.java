package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Consumers of several queues on one connection, set up anew with every connection. */
public final class Consumers implements BrokerLink.Tenant {

    private final Map<String, DeliveryHandler> handlers;
    private final int prefetch;
    private final List<Subscription> open = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /**
     * @param handlers by queue
     * @param prefetch unacknowledged deliveries that the broker may send ahead, per queue
     */
    public Consumers(Map<String, DeliveryHandler> handlers, int prefetch) {
        this.handlers = new TreeMap<>(handlers);
        this.prefetch = prefetch;
    }

    @Override
    public void connected(Connection connection) throws IOException {
        open.clear();
        for (var each : handlers.entrySet()) {
            if (!stopped) {
                open.add(Subscription.open(connection, each.getKey(), prefetch, each.getValue()));
            }
        }
    }

    @Override
    public void lost() {
        open.forEach(Subscription::announceStop);
        open.clear();
    }

    /** Lets every delivery in hand come to its end, and takes no more. */
    public void stop() throws InterruptedException {
        stopped = true;
        open.forEach(Subscription::announceStop);
        for (var subscription : open) {
            subscription.stop();
        }
    }
}
