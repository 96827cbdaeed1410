package dev.pedidos.e2e.system;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Speaks AMQP to a system's broker, as other producers and operators do. */
public final class Amqp implements AutoCloseable {

    private final Connection connection;
    private final Channel channel;
    private final Topology names;

    public Amqp(Stores stores) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(stores.amqpUri());
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
        names = Topology.withoutShards(stores.prefix().orElse(""), new RetryLadder(List.of(Duration.ofSeconds(1))));
    }

    /** Without its shards. */
    public Topology names() {
        return names;
    }

    /** Returns after the broker's confirm. */
    public void publish(String exchange, String routingKey, Map<String, Object> headers, String messageId, String body)
            throws IOException, InterruptedException {
        var properties = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .headers(headers)
                .messageId(messageId.isEmpty() ? null : messageId)
                .build();
        channel.basicPublish(exchange, routingKey, properties, body.getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirms();
    }

    public void publish(String queue, String body) throws IOException, InterruptedException {
        publish("", queue, Map.of(), "", body);
    }

    /** Waits for the next message and removes it from the queue. */
    public GetResponse take(String queue) {
        return Awaitility.await("a message in " + queue)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> channel.basicGet(queue, true), message -> message != null);
    }

    /** Waits for the message with this id and removes it from the queue; others stay. */
    public GetResponse take(String queue, String messageId) {
        return Awaitility.await(messageId + " in " + queue)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tryTake(queue, messageId), message -> message != null);
    }

    /** Puts a pedido into the open queue, as an API does while the database is down. */
    public static void keepAccepted(TestSystem system, String message) throws Exception {
        try (var amqp = new Amqp(system.stores())) {
            long accepted = system.ledger().readClock().micros();
            amqp.publish("", amqp.names().openQueue(), Map.of("aceito_em", accepted), "", message);
        }
    }

    /** Waits for a dead letter and removes it. */
    public GetResponse takeLetter() {
        return take(names().deadLetterQueue());
    }

    /** Waits for the dead letter with this id and removes it; others stay. */
    public GetResponse takeLetter(String messageId) {
        return take(names().deadLetterQueue(), messageId);
    }

    private @Nullable GetResponse tryTake(String queue, String messageId) throws IOException {
        GetResponse found = null;
        long last = 0;
        for (var next = channel.basicGet(queue, false); next != null; next = channel.basicGet(queue, false)) {
            long tag = next.getEnvelope().getDeliveryTag();
            if (found == null && messageId.equals(next.getProps().getMessageId())) {
                found = next;
                channel.basicAck(tag, false);
            } else {
                last = tag;
            }
        }
        if (last > 0) {
            channel.basicNack(last, true, true);
        }
        return found;
    }

    /** As "Move messages" of the management UI: body and headers are kept. */
    public void move(GetResponse message, String queue) throws IOException, InterruptedException {
        channel.basicPublish("", queue, message.getProps(), message.getBody());
        channel.waitForConfirms();
    }

    public int ready(String queue) throws IOException {
        return channel.queueDeclarePassive(queue).getMessageCount();
    }

    public void purge(String queue) throws IOException {
        channel.queuePurge(queue);
    }

    /** Returns every delivery of a queue again and again, until it was delivered this often. */
    public void giveBackTimes(String queue, int times) throws IOException, InterruptedException {
        var left = new CountDownLatch(times);
        Channel own = connection.createChannel();
        own.basicQos(1);
        own.basicConsume(
                queue,
                false,
                (tag, delivery) -> {
                    own.basicNack(delivery.getEnvelope().getDeliveryTag(), false, true);
                    left.countDown();
                },
                (CancelCallback) tag -> {});
        if (!left.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError(left.getCount() + " deliveries are missing");
        }
        own.abort();
    }

    /** A header's text, which need not be UTF-8. */
    public static Object text(byte[] bytes) {
        return LongStringHelper.asLongString(bytes);
    }

    public static String header(GetResponse message, String name) {
        return String.valueOf(message.getProps().getHeaders().get(name));
    }

    public static String body(GetResponse message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
