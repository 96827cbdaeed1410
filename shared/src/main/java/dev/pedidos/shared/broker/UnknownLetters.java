package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.pedidos.shared.broker.HeldMessages.Held;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The dead letters whose pedidos the ledger does not know, because it was restored from a backup: those of pedidos that died after the
 * backup, and messages that workers refused.
 */
public final class UnknownLetters {
    /**
     * {@link OutboundMessage#ERRO_CLASSE} of a message whose pedido the ledger did not know. The pedido was good when its message was
     * written, so the intake accepts it by the rules of any version.
     */
    public static final String UNKNOWN_PEDIDO = "UnknownPedido";

    /** Tells which of these pedidos the ledger does not know. */
    @FunctionalInterface
    public interface Judge {
        Set<String> unknown(Set<String> pedidoIds) throws Exception;
    }

    /** A letter whose pedido the ledger does not know. */
    public record UnknownLetter(Pedido pedido, String motivo) {}

    private static final String DEFAULT_EXCHANGE = "";
    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(30);

    private final AmqpConnections connections;
    private final Topology topology;
    private final OtherLedgers others;

    /** @param others recognises letters of other ledgers; they are left alone */
    public UnknownLetters(AmqpConnections connections, Topology topology, OtherLedgers others) {
        this.connections = connections;
        this.topology = topology;
        this.others = others;
    }

    /**
     * Shows them. They stay in the queue.
     *
     * @return true if it has looked at every message in the queue
     */
    public boolean list(Judge judge, Consumer<UnknownLetter> each) throws Exception {
        try (var letters = held()) {
            return letters.lookThrough(DeadLetterQueue.MOST_LETTERS, batch -> {
                        unknown(batch, judge).forEach(held -> each.accept(letter(held)));
                        return List.of();
                    })
                    .complete();
        }
    }

    /**
     * Publishes them to the open queue, which takes them in as new pedidos, then removes them.
     *
     * @return true if it has looked at every message in the queue
     */
    public boolean putBack(Judge judge, Consumer<UnknownLetter> each) throws Exception {
        var publishing = connections.open("dlq-put-back");
        try (var letters = held()) {
            return letters.lookThrough(DeadLetterQueue.MOST_LETTERS, batch -> {
                        var unknown = unknown(batch, judge);
                        publish(unknown, publishing);
                        unknown.forEach(held -> each.accept(letter(held)));
                        return unknown;
                    })
                    .complete();
        } finally {
            // Not close(): a broker in alarm answers it only afterwards.
            BrokerLink.abort(publishing);
        }
    }

    private HeldMessages<Optional<UnknownLetter>> held() throws Exception {
        return new HeldMessages<>(connections, "dlq-unknown", topology.deadLetterQueue(), this::letterOf);
    }

    private static UnknownLetter letter(Held<Optional<UnknownLetter>> held) {
        return held.content().orElseThrow();
    }

    private static List<Held<Optional<UnknownLetter>>> unknown(List<Held<Optional<UnknownLetter>>> batch, Judge judge)
            throws Exception {
        var own = batch.stream().filter(held -> held.content().isPresent()).toList();
        Set<String> unknown = judge.unknown(
                own.stream().map(held -> letter(held).pedido().pedidoId()).collect(Collectors.toSet()));
        return own.stream()
                .filter(held -> unknown.contains(letter(held).pedido().pedidoId()))
                .toList();
    }

    private void publish(List<Held<Optional<UnknownLetter>>> letters, Connection connection) throws Exception {
        if (letters.isEmpty()) {
            return;
        }
        var channel = PublishChannel.open(connection, () -> {});
        List<CompletableFuture<Void>> confirms = new ArrayList<>();
        for (var held : letters) {
            var confirmed = new CompletableFuture<Void>();
            confirms.add(confirmed);
            channel.send(toOpenQueue(letter(held).pedido()), others.ours().get(), confirmed);
        }
        ConfirmWait.all(confirms, CONFIRM_WAIT);
        channel.close();
    }

    private OutboundMessage toOpenQueue(Pedido pedido) {
        return new OutboundMessage(
                DEFAULT_EXCHANGE,
                topology.openQueue(),
                Version.first(pedido.pedidoId()),
                pedido.tipo(),
                PedidoCodec.writeMessage(pedido),
                Map.of(OutboundMessage.ERRO_CLASSE, UNKNOWN_PEDIDO));
    }

    /** Empty if the message is not about a pedido, or if it belongs to another ledger. */
    private Optional<UnknownLetter> letterOf(Delivery message) {
        var headers = Headers.of(message.getProperties());
        String id = message.getProperties().getMessageId();
        boolean died = id != null && Limits.isId(id) && headers.has(OutboundMessage.CICLO);
        boolean refused = headers.text(OutboundMessage.ERRO_CLASSE).equals(UNKNOWN_PEDIDO);
        if (others.isForeign(headers) || !(died || refused)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UnknownLetter(
                    PedidoCodec.readMessage(message.getBody()), headers.text(OutboundMessage.MOTIVO)));
        } catch (InvalidMessage e) {
            return Optional.empty();
        }
    }
}
