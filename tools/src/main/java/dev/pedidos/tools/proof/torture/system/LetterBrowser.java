package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.util.List;

/** Reads all dead letters and puts them back. */
public final class LetterBrowser {
    private static final String DEAD_LETTERS = "pedidos_dlq";

    /** A dead letter; the ciclo distinguishes it from other copies. */
    public record Letter(String pedidoId, int ciclo) {}

    private final KillableServers servers;

    public LetterBrowser(KillableServers servers) {
        this.servers = servers;
    }

    /** @throws IOException as {@link WholeQueue#messages} */
    public List<Letter> all() throws IOException, InterruptedException {
        try (var queue = new WholeQueue(servers.amqpUri(), DEAD_LETTERS)) {
            return queue.messages().stream()
                    .map(letter -> new Letter(
                            letter.messageId(), (int) letter.headers().number(OutboundMessage.CICLO)))
                    .toList();
        }
    }
}
