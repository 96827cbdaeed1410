package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** An operator in the management UI: looks at dead letters, copies them, loses queues. */
public final class BrokerEye implements AutoCloseable {

    private final Topology topology;
    private final Connection connection;
    private final Channel channel;

    /** @param ladder the delays that the system was started with */
    public BrokerEye(TestSystem system, RetryLadder ladder) throws Exception {
        topology = new Topology(system.stores().prefix().orElse(""), TestSystem.SHARDS, ladder);
        var factory = new ConnectionFactory();
        factory.setUri(system.stores().amqpUri());
        connection = factory.newConnection();
        channel = connection.createChannel();
    }

    /** The pedido_ids of all dead letters that nobody holds; they return to their places. */
    public List<String> deadLetters() throws Exception {
        List<String> ids = new ArrayList<>();
        GetResponse letter;
        long last = 0;
        while ((letter = channel.basicGet(topology.deadLetterQueue(), false)) != null) {
            ids.add(letter.getProps().getMessageId());
            last = letter.getEnvelope().getDeliveryTag();
        }
        if (last > 0) {
            channel.basicNack(last, true, true);
        }
        return ids;
    }

    public void awaitDeadLetters(String... ids) {
        Awaitility.await("dead letters")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(deadLetters()).containsExactlyInAnyOrder(ids));
    }

    /** A second copy of the first dead letter, and one that is not a pedido. */
    public void addCopyAndNoise() throws Exception {
        var letter = Awaitility.await("a dead letter that nobody looks at")
                .until(() -> channel.basicGet(topology.deadLetterQueue(), false), found -> found != null);
        channel.basicPublish("", topology.deadLetterQueue(), letter.getProps(), letter.getBody());
        channel.basicPublish(
                "",
                topology.deadLetterQueue(),
                new AMQP.BasicProperties.Builder().messageId("noise").build(),
                new byte[] {(byte) 0xff});
        channel.basicNack(letter.getEnvelope().getDeliveryTag(), false, true);
    }

    /** As if the broker had been replaced by an empty one. */
    public void loseEverything() throws Exception {
        for (var queue : topology.queues()) {
            channel.queueDelete(queue.name());
        }
        for (var exchange : topology.exchanges()) {
            channel.exchangeDelete(exchange.name());
        }
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
