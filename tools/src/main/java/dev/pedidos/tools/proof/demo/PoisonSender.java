package dev.pedidos.tools.proof.demo;

import com.rabbitmq.client.AMQP;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** Sends messages that are not pedidos directly to the broker: bytes that nobody can read, and an unknown tipo. */
public final class PoisonSender {
    private static final int PERSISTENT = 2;
    private static final int CONFIRMED_WITHIN_MS = 10_000;

    private PoisonSender() {}

    /**
     * Returns the number of messages; all are different.
     *
     * @param each the number of messages of each kind
     */
    public static int send(String amqpUri, Topology topology, int each) throws IOException, InterruptedException {
        try (var connection = new AmqpConnections(amqpUri).open("pedidos-poison");
                var channel = connection.createChannel()) {
            channel.confirmSelect();
            var persistent =
                    new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT).build();
            for (int i = 0; i < each; i++) {
                byte[] unreadable = ("\u0000 no pedido " + i).getBytes(StandardCharsets.UTF_16);
                channel.basicPublish(
                        topology.entryExchange(), RootLocale.format("recebedor-%04d", i + 1), persistent, unreadable);
                byte[] unknown = RootLocale.format("""
                        {"pedido_id":"poison-%d","tipo":"desconhecido","recebedor_id":"recebedor-0001","origem":"api","dados":{}}""", i).getBytes(StandardCharsets.UTF_8);
                channel.basicPublish("", topology.openQueue(), persistent, unknown);
            }
            channel.waitForConfirmsOrDie(CONFIRMED_WITHIN_MS);
            return 2 * each;
        } catch (TimeoutException e) {
            throw new IOException("the broker did not confirm the poison in time", e);
        }
    }
}
