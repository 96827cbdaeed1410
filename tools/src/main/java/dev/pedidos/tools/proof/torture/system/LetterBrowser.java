package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.broker.BrokerLink;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads all dead letters at once and puts them back. Not through the management API: it puts each back before it takes
 * the next, so that it shows some twice and others not at all (seen on 3.10.8).
 */
public final class LetterBrowser {
    private static final String DEAD_LETTERS = "pedidos_dlq";
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(20);
    private static final int MOST = 60_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** A dead letter; the ciclo distinguishes it from other copies. */
    public record Letter(String pedidoId, int ciclo) {}

    private final KillableServers servers;

    public LetterBrowser(KillableServers servers) {
        this.servers = servers;
    }

    /** @throws IOException there are too many, somebody else took some at the same time, or the broker is down */
    public List<Letter> all() throws IOException, InterruptedException {
        var reader = new QueueReader(DEAD_LETTERS);
        try (var link = new BrokerLink("letters", new AmqpConnections(servers.amqpUri()), List.of(reader))) {
            link.start();
            long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
            while (!link.isUp() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            }
            var letters = reader.take(MOST, Long.MAX_VALUE);
            if (letters.size() == MOST) {
                throw new IOException(DEAD_LETTERS + " has more letters than are read: " + MOST);
            }
            return letters.stream()
                    .map(letter -> new Letter(
                            letter.messageId(), (int) letter.headers().number(OutboundMessage.CICLO)))
                    .toList();
        } catch (QueueReader.TooLarge e) {
            throw new AssertionError("any size was allowed", e);
        }
    }
}
