package dev.pedidos.tools.proof.bench;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The rates of the broker alone: persistent messages of 400 bytes to 16 quorum queues with confirms, and out of them. */
final class BrokerLimit {
    private static final int QUEUES = 16;
    private static final int BATCH = 200;
    private static final int PREFETCH = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final byte[] BODY = new byte[400];

    /** Messages a second in and out. */
    record Rates(double confirmed, double drained) {}

    private BrokerLimit() {}

    /** @param each messages of one queue */
    static Rates measure(String amqpUri, String prefix, int each)
            throws IOException, TimeoutException, InterruptedException {
        try (var connection = new AmqpConnections(amqpUri).open("pedidos-bench");
                var channel = connection.createChannel()) {
            var queues = IntStream.range(0, QUEUES)
                    .mapToObj(i -> prefix + "bench-" + i)
                    .toList();
            try {
                for (String queue : queues) {
                    channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
                }
                double in = publish(channel, queues, each);
                List<Channel> consumers = new ArrayList<>();
                for (int i = 0; i < QUEUES; i++) {
                    consumers.add(connection.createChannel());
                }
                return new Rates(in, drain(consumers, queues, each));
            } finally {
                for (String queue : queues) {
                    channel.queueDelete(queue);
                }
            }
        }
    }

    private static double publish(Channel channel, List<String> queues, int each)
            throws IOException, InterruptedException, TimeoutException {
        channel.confirmSelect();
        Instant start = Instant.now();
        for (int i = 1; i <= QUEUES * each; i++) {
            channel.basicPublish("", queues.get(i % QUEUES), MessageProperties.PERSISTENT_BASIC, BODY);
            if (i % BATCH == 0) {
                channel.waitForConfirmsOrDie(PATIENCE.toMillis());
            }
        }
        channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        return QUEUES * each / Seconds.between(start, Instant.now());
    }

    private static double drain(List<Channel> channels, List<String> queues, int each)
            throws IOException, InterruptedException {
        var left = new CountDownLatch(QUEUES * each);
        Instant start = Instant.now();
        for (int i = 0; i < QUEUES; i++) {
            var channel = channels.get(i);
            channel.basicQos(PREFETCH);
            channel.basicConsume(queues.get(i), false, new Acknowledging(channel, left));
        }
        if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the broker did not deliver the messages of the benchmark in time");
        }
        return QUEUES * each / Seconds.between(start, Instant.now());
    }

    private static final class Acknowledging extends DefaultConsumer {
        private final CountDownLatch left;

        Acknowledging(Channel channel, CountDownLatch left) {
            super(channel);
            this.left = left;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            getChannel().basicAck(envelope.getDeliveryTag(), false);
            left.countDown();
        }
    }
}
