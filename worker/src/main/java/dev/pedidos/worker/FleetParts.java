package dev.pedidos.worker;

import dev.pedidos.shared.broker.ConsumeBounds;
import dev.pedidos.shared.broker.Consumers;
import dev.pedidos.shared.broker.OwnLedgerOnly;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.ledger.fleet.Members;
import dev.pedidos.shared.ledger.fleet.RegisteredTipo;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.worker.fleet.Membership;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The part of the worker that takes its share of the shards and consumes from them, put together. */
final class FleetParts {
    private FleetParts() {}

    /**
     * Returns the connection that it consumes on.
     *
     * @param tipos that this worker has handlers for
     */
    static BrokerLink join(WorkerContext context, DeliveryParts delivery, List<RegisteredTipo> tipos) throws Exception {
        var stores = context.stores();
        var lifecycle = context.lifecycle();
        var topology = context.topology();
        var processing = delivery.processing();
        var consumers = new Consumers(
                shard -> new OwnLedgerOnly(stores.otherLedgers(), processing.ofShard(shard)),
                bounds(context),
                stores::declareAgain,
                stores.connections());
        var lock = context.lock();
        var membership = new Membership(
                context.members(),
                new Members.Identity(lock.name(), lock.host(), lock.pid(), version(), tipos),
                topology,
                consumers,
                processing,
                shards -> context.database().allowConnections(shards, Worker.SPARE_CONNECTIONS),
                context.metrics());
        delivery.breaker().watch(consumers::pause, consumers::resume);
        var consuming = stores.consumingLink("consume", List.of(stores.declaration(), consumers));
        delivery.publisher().setConsumingConnection(consuming::connectionNumber);
        lifecycle.onStop("consumers", consumers::stop);
        lifecycle.onStop("membership", membership::leave);
        lifecycle.onStop("waiting", delivery::announceStop);
        membership.join();
        return consuming;
    }

    /** The bodies that the broker sends ahead must fit into memory, even if each has the largest size. */
    private static ConsumeBounds bounds(WorkerContext context) {
        var limits = context.config().work();
        int shards = context.topology().shards();
        int wanted = limits.deliveriesAhead(shards);
        var memory = context.memory();
        int fitting = limits.lote() == 1
                ? memory.messagesSentAhead(shards, Limits.MESSAGE_BYTES)
                : memory.messagesSentAheadForLots(shards, Limits.MESSAGE_BYTES);
        if (fitting < wanted) {
            LoggerFactory.getLogger(Worker.class)
                    .warn(
                            "this heap has room for {} deliveries per shard, not for {} ({}): the worker takes {}",
                            fitting,
                            wanted,
                            Settings.PREFETCH.name(),
                            fitting);
        }
        // A lot takes no more memory than the largest pedido.
        return new ConsumeBounds(Math.min(wanted, fitting), limits.lote(), Limits.MESSAGE_BYTES);
    }

    private static String version() {
        String version = Worker.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
