package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A test's own connection to a system's broker, as an operator has one. */
public final class TestBroker implements AutoCloseable {

    private static final String DEFAULT_EXCHANGE = "";
    private static final String LETTERS = "pedidos_dlq";

    private final TestSystem system;
    private final Connection connection;
    private final Channel channel;
    private final String prefix;

    TestBroker(TestSystem system) throws Exception {
        this.system = system;
        var factory = new ConnectionFactory();
        factory.setUri(system.stores().amqpUri());
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection("e2e");
        channel = connection.createChannel();
        channel.confirmSelect();
        prefix = system.stores().prefix().orElse("");
    }

    /** @param shards how many the system has */
    public static List<String> shardQueues(int shards) {
        List<String> queues = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            queues.add(RootLocale.format("pedidos_queue.%02d", shard));
        }
        return queues;
    }

    /** Messages that are not delivered to anybody. */
    public long ready(String queue) throws IOException {
        return channel.messageCount(prefix + queue);
    }

    public long ready(List<String> queues) throws IOException {
        long messages = 0;
        for (var queue : queues) {
            messages += ready(queue);
        }
        return messages;
    }

    public long consumers(List<String> queues) throws IOException {
        long consumers = 0;
        for (var queue : queues) {
            consumers += channel.consumerCount(prefix + queue);
        }
        return consumers;
    }

    public void awaitReady(List<String> queues, long messages) {
        Awaitility.await("messages of " + queues).until(() -> ready(queues) >= messages);
    }

    /** Takes messages; nobody else consumes these queues meanwhile. */
    public List<Delivery> take(List<String> queues, int messages) throws Exception {
        BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
        List<String> tags = new ArrayList<>();
        for (var queue : queues) {
            tags.add(channel.basicConsume(prefix + queue, true, (tag, each) -> arrived.add(each), tag -> {}));
        }
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < messages) {
            var next = arrived.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("only " + taken.size() + " messages in " + queues);
            }
            taken.add(next);
        }
        for (var tag : tags) {
            channel.basicCancel(tag);
        }
        return taken;
    }

    /**
     * The ids of the dead letters that nobody else holds; they stay where they are. One consumer, as the decision 0016
     * says.
     */
    public List<String> letters() throws Exception {
        try (var noSweep = system.withoutSweeps();
                var looking = connection.createChannel()) {
            int ready = (int) looking.messageCount(prefix + LETTERS);
            BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
            if (ready > 0) {
                looking.basicQos(ready);
                looking.basicConsume(prefix + LETTERS, false, (tag, each) -> arrived.add(each), tag -> {});
            }
            List<String> ids = new ArrayList<>();
            Delivery next = null;
            while (ids.size() < ready && (next = arrived.poll(2, TimeUnit.SECONDS)) != null) {
                ids.add(next.getProperties().getMessageId());
            }
            return ids;
        }
    }

    /** Waits until no dead letter is missing; then none may be too many. */
    public void awaitLetters(Collection<String> expected) {
        var found = Awaitility.await("the dead letters").until(this::letters, ids -> ids.size() >= expected.size());
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Those queues of the list that exist. */
    public List<String> existing(List<String> queues) throws Exception {
        List<String> existing = new ArrayList<>();
        for (var queue : queues) {
            var looking = connection.createChannel();
            try {
                looking.queueDeclarePassive(prefix + queue);
                existing.add(queue);
                looking.close();
            } catch (IOException notThere) {
                // The broker has closed the channel.
            }
        }
        return existing;
    }

    /** Publishes a message directly to a queue, confirmed. */
    public void put(String queue, AMQP.BasicProperties properties, byte[] body) throws Exception {
        channel.basicPublish(DEFAULT_EXCHANGE, prefix + queue, true, properties, body);
        channel.waitForConfirmsOrDie(10_000);
    }

    /** Publishes a dead letter of the first ciclo for each id, all confirmed together. */
    public void putLetters(List<String> ids) throws Exception {
        for (var id : ids) {
            var properties = new AMQP.BasicProperties.Builder()
                    .messageId(id)
                    .deliveryMode(2)
                    .headers(Map.of("ciclo", 0))
                    .build();
            channel.basicPublish(DEFAULT_EXCHANGE, prefix + LETTERS, true, properties, new byte[1_000]);
        }
        channel.waitForConfirmsOrDie(120_000);
    }

    /** Publishes a message directly to a queue; false if the broker refuses it. */
    public boolean offer(String queue, AMQP.BasicProperties properties, byte[] body) throws Exception {
        channel.basicPublish(DEFAULT_EXCHANGE, prefix + queue, true, properties, body);
        return channel.waitForConfirms(10_000);
    }

    public void put(String queue, Delivery message) throws Exception {
        put(queue, withoutTraces(message.getProperties()), message.getBody());
    }

    private static AMQP.BasicProperties withoutTraces(AMQP.BasicProperties properties) {
        Map<String, Object> headers = new HashMap<>(properties.getHeaders());
        headers.keySet().removeIf(name -> name.startsWith("x-"));
        return properties.builder().headers(headers).build();
    }

    /** From now on nothing that is published to the fleet's entry reaches these queues. */
    public void unbindShards(List<String> queues) throws IOException {
        for (var queue : queues) {
            channel.queueUnbind(prefix + queue, prefix + "pedidos", "1");
        }
    }

    public void bindShards(List<String> queues) throws IOException {
        for (var queue : queues) {
            channel.queueBind(prefix + queue, prefix + "pedidos", "1");
        }
    }

    /** @param delay as in the queue's name, for example {@code 50ms} */
    public void unbindRetry(String delay) throws IOException {
        channel.queueUnbind(prefix + "pedidos_retry." + delay, prefix + "pedidos.retry." + delay, "");
    }

    public void bindRetry(String delay) throws IOException {
        channel.queueBind(prefix + "pedidos_retry." + delay, prefix + "pedidos.retry." + delay, "");
    }

    /** As a shovel of the management UI does with an unknown name. */
    public void declare(String queue) throws IOException {
        channel.queueDeclare(prefix + queue, true, false, false, Map.of());
    }

    /** Takes messages and keeps them until this is closed. */
    public void hold(String queue, int messages) throws Exception {
        var arrived = new CountDownLatch(messages);
        channel.basicQos(messages);
        var tag = channel.basicConsume(prefix + queue, false, (consumer, each) -> arrived.countDown(), consumer -> {});
        if (!arrived.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError(arrived.getCount() + " messages are missing in " + queue);
        }
        channel.basicCancel(tag);
    }

    public void purge(String queue) throws IOException {
        channel.queuePurge(prefix + queue);
    }

    public void delete(String queue) throws IOException {
        channel.queueDelete(prefix + queue);
    }

    @Override
    public void close() throws IOException {
        connection.abort();
    }
}
