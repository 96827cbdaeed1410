package dev.pedidos.local.commands;

import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.local.stores.Stores;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.FleetConfig;
import dev.pedidos.shared.topology.ExchangeSpec;
import dev.pedidos.shared.topology.QueueSpec;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Deletes what a run declared under a prefix of its own, on a broker where it could not have a vhost of its own. */
final class PrefixCleanup {

    private PrefixCleanup() {}

    /** Does nothing where the stores have no prefix. */
    static void run(Surroundings around, Stores stores) {
        if (stores.prefix().isEmpty()) {
            return;
        }
        try {
            delete(topology(stores), stores.amqpUri());
        } catch (IOException | TimeoutException e) {
            around.say("what this run declared on the broker is still there, all under the prefix %s (%s):"
                            .formatted(stores.prefix().get(), e)
                    + " delete it in the management UI");
        }
    }

    /** As the programs see it: from the same settings. */
    private static Topology topology(Stores stores) {
        Map<String, String> variables = new HashMap<>(Surroundings.variables());
        variables.putAll(StoreVariables.forPrograms(stores));
        var config = FleetConfig.from(new Env(variables));
        return new Topology(
                config.prefix(), config.shards(), RetryLadder.doubling(config.retryBase(), config.retryMax()));
    }

    private static void delete(Topology topology, String amqpUri) throws IOException, TimeoutException {
        try (var connection = factory(amqpUri).newConnection("pedidos-cleanup");
                var channel = connection.createChannel()) {
            for (QueueSpec queue : topology.queues()) {
                channel.queueDelete(queue.name());
            }
            for (ExchangeSpec exchange : topology.exchanges()) {
                channel.exchangeDelete(exchange.name());
            }
        }
    }

    private static ConnectionFactory factory(String amqpUri) throws IOException {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(amqpUri);
            if (factory.isSSL()) {
                // setUri alone trusts every certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
            return factory;
        } catch (GeneralSecurityException | URISyntaxException e) {
            throw new IOException("AMQP_URI cannot be used", e);
        }
    }
}
