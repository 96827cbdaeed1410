package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.pedidos.shared.broker.HeldMessages.Held;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OtherLedgers;
import dev.pedidos.shared.broker.message.OutboundMessage;
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
    public record UnknownLetter(String pedidoId, String recebedorId, String tipo, String motivo) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Copy(String motivo, byte[] body) {}

    private record Unknown(Held<Optional<Copy>> held, UnknownLetter letter) {}

    private static final String DEFAULT_EXCHANGE = "";
    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(30);
    /** For letters that have arrived and that nobody has looked at. */
    private static final int SHARE_OF_HEAP = 4;

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
                        unknown(batch, judge).forEach(unknown -> each.accept(unknown.letter()));
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
                        unknown.forEach(one -> each.accept(one.letter()));
                        return unknown.stream().map(Unknown::held).toList();
                    })
                    .complete();
        } finally {
            // Not close(): a broker in alarm answers it only afterwards.
            ConnectionEnd.abort(publishing);
        }
    }

    private HeldMessages<Optional<Copy>> held() throws Exception {
        return new HeldMessages<>(
                connections,
                "dlq-unknown",
                topology.deadLetterQueue(),
                Keeping.withBodies(
                        this::copyOf,
                        copy -> copy.map(one -> one.body().length).orElse(0),
                        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    private static List<Unknown> unknown(List<Held<Optional<Copy>>> batch, Judge judge) throws Exception {
        List<Unknown> own = batch.stream().flatMap(held -> read(held).stream()).toList();
        Set<String> unknown =
                judge.unknown(own.stream().map(one -> one.letter().pedidoId()).collect(Collectors.toSet()));
        return own.stream()
                .filter(one -> unknown.contains(one.letter().pedidoId()))
                .toList();
    }

    private static Optional<Unknown> read(Held<Optional<Copy>> held) {
        return held.content()
                .flatMap(copy -> pedido(copy)
                        .map(pedido -> new Unknown(
                                held,
                                new UnknownLetter(
                                        pedido.pedidoId(), pedido.recebedorId(), pedido.tipo(), copy.motivo()))));
    }

    /** In memory a pedido takes up to thirty times the bytes of its message: it is read when it is needed, and not kept. */
    private static Optional<Pedido> pedido(Copy copy) {
        try {
            return Optional.of(PedidoCodec.readMessage(copy.body()));
        } catch (InvalidMessage e) {
            return Optional.empty();
        }
    }

    private void publish(List<Unknown> letters, Connection connection) throws Exception {
        if (letters.isEmpty()) {
            return;
        }
        var channel = PublishChannel.open(connection, () -> {});
        List<CompletableFuture<Void>> confirms = new ArrayList<>();
        for (var unknown : letters) {
            var confirmed = new CompletableFuture<Void>();
            confirms.add(confirmed);
            channel.send(
                    toOpenQueue(pedido(unknown.held().content().orElseThrow()).orElseThrow()),
                    others.ours().get(),
                    confirmed);
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
    private Optional<Copy> copyOf(Delivery message) {
        var headers = Headers.of(message.getProperties());
        String id = message.getProperties().getMessageId();
        boolean died = id != null && Limits.isId(id) && headers.has(OutboundMessage.CICLO);
        boolean refused = headers.text(OutboundMessage.ERRO_CLASSE).equals(UNKNOWN_PEDIDO);
        boolean ours = !others.isForeign(headers) && (died || refused);
        return ours && message.getBody().length <= Limits.LARGEST_MESSAGE_BYTES
                ? Optional.of(new Copy(headers.text(OutboundMessage.MOTIVO), message.getBody()))
                : Optional.empty();
    }
}
