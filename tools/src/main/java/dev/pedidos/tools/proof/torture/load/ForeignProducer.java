package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.runtime.MemoryShare;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** A producer over AMQP: sends valid pedidos to pedidos_queue, and sometimes poison directly into the fleet. */
final class ForeignProducer implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(10);
    private static final double POISONOUS = 0.2;
    private static final int ACCEPTED = 202;
    private static final int UNKNOWN = 0;
    private static final String OPEN_DOOR = "pedidos_queue";
    private static final String FLEET = "pedidos";

    private final String prefix;
    private final Recorder recorder;
    private final RandomGenerator random;
    private final ConfirmedPublisher publisher =
            new ConfirmedPublisher("foreigner", 100, new MemoryShare(Long.MAX_VALUE));
    private final BrokerLink link;
    private final Queue<PoisonMessage> poison = new ConcurrentLinkedQueue<>();
    private int made;

    ForeignProducer(String amqpUri, Recorder recorder, long seed) {
        this.prefix = "t" + seed + "-amqp-";
        this.recorder = recorder;
        this.random = new SplittableRandom(~seed);
        this.link = new BrokerLink("foreigner", new AmqpConnections(amqpUri), List.of(publisher));
        link.start();
    }

    void sendOne() throws InterruptedException {
        Thread.sleep(PAUSE);
        made++;
        if (random.nextDouble() < POISONOUS) {
            byte[] body = poison(prefix + "poison-" + made);
            var message = message(FLEET, RootLocale.format("recebedor-%03d", random.nextInt(40)), "", body);
            long sent = System.nanoTime();
            if (publish(message) == ACCEPTED) {
                poison.add(new PoisonMessage(Sha256.hex(body), sent, System.nanoTime()));
            }
        } else {
            send(pedido());
        }
    }

    List<PoisonMessage> poison() {
        return List.copyOf(poison);
    }

    private void send(PreparedPedido pedido) throws InterruptedException {
        long start = System.nanoTime();
        var message = message("", OPEN_DOOR, pedido.pedidoId(), pedido.body());
        int status = publish(message);
        recorder.recordForeign(pedido, start, System.nanoTime(), status);
    }

    private int publish(OutboundMessage message) throws InterruptedException {
        try {
            publisher.publish(message).get(CONFIRMED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return ACCEPTED;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PublishFailed) {
                return UNKNOWN;
            }
            throw new IllegalStateException("publishing failed other than by the broker", e);
        } catch (TimeoutException e) {
            return UNKNOWN;
        }
    }

    private PreparedPedido pedido() {
        String id = prefix + made;
        String recebedorId = RootLocale.format("recebedor-%03d", random.nextInt(40));
        String body = RootLocale.format("""
                {"pedido_id":"%s","recebedor_id":"%s","origem":"api","itens":[{"sku":"%s","quantidade":1}]}""", id, recebedorId, Stock.HOT);
        return PreparedPedido.of(id, recebedorId, body);
    }

    private byte[] poison(String id) {
        return switch (random.nextInt(5)) {
            case 0 -> ("isto não é JSON: " + id).getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[0];
            case 2 -> new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) made};
            case 3 -> RootLocale.format("{\"pedido_id\":\"%s\"}", id).getBytes(StandardCharsets.UTF_8);
            default ->
                RootLocale.format(
                                "{\"pedido_id\":\"%s\",\"tipo\":\"nunca-visto\",\"recebedor_id\":\"r\",\"origem\":\"api\"}",
                                id)
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    private static OutboundMessage message(String exchange, String routingKey, String id, byte[] body) {
        return new OutboundMessage(exchange, routingKey, Version.first(id), "pedido", body, Map.of());
    }

    @Override
    public void close() {
        link.close();
        publisher.close();
    }
}
