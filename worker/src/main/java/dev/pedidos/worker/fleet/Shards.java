package dev.pedidos.worker.fleet;

import dev.pedidos.shared.broker.Consumers;
import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.worker.process.DatabaseBreaker;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The shards that this worker consumes: all of them; the broker lets one worker be active on each. */
public final class Shards {

    private Shards() {}

    public static Consumers consumers(Topology topology, int prefetch, Function<String, DeliveryHandler> work) {
        Map<String, DeliveryHandler> handlers = new HashMap<>();
        for (int shard = 0; shard < topology.shards(); shard++) {
            String queue = topology.shardQueue(shard);
            handlers.put(queue, work.apply(queue));
        }
        return new Consumers(handlers, prefetch);
    }

    /** Closes and opens the channels of the shards. */
    public static DatabaseBreaker.Work pausable(Consumers consumers) {
        return new DatabaseBreaker.Work() {
            @Override
            public void pause() {
                consumers.pause();
            }

            @Override
            public void resume() {
                consumers.resume();
            }
        };
    }
}
