package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.ExchangeSpec;
import dev.pedidos.shared.topology.QueueSpec;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Deletes the exchanges and queues of a run on a broker where it had a prefix and no vhost of its own. */
public final class PrefixCleanup {

    private PrefixCleanup() {}

    /** Does nothing if the stores have no prefix. */
    public static void run(CommandContext context, Stores stores) {
        if (stores.prefix().isEmpty()) {
            return;
        }
        try {
            delete(StoreVariables.topology(stores), stores.amqpUri());
        } catch (IOException | TimeoutException e) {
            context.say(RootLocale.format(
                            "the exchanges and queues of this run, with the prefix %s, are still on the broker (%s):",
                            stores.prefix().get(), e)
                    + " delete them in the management UI");
        }
    }

    private static void delete(Topology topology, String amqpUri) throws IOException, TimeoutException {
        try (var connection = new AmqpConnections(amqpUri).open("pedidos-cleanup");
                var channel = connection.createChannel()) {
            for (QueueSpec queue : topology.queues()) {
                channel.queueDelete(queue.name());
            }
            for (ExchangeSpec exchange : topology.exchanges()) {
                channel.exchangeDelete(exchange.name());
            }
            channel.exchangeDelete(topology.ledgerExchange());
        }
    }
}
