package dev.pedidos.shared.broker.message;

import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Builds the messages of a pedido: to its shard, to a delay queue, to the dead letters. */
public final class Messages {

    /**
     * The content of a message about a pedido.
     *
     * @param body the pedido as JSON
     */
    public record Content(Version version, String recebedorId, String tipo, byte[] body, Suspicion suspicion) {

        /** Of a pedido that was just accepted: nothing was tried yet. */
        public static Content ofNew(String pedidoId, String recebedorId, String tipo, byte[] body) {
            return new Content(Version.first(pedidoId), recebedorId, tipo, body, Suspicion.NONE);
        }

        public String pedidoId() {
            return version.pedidoId();
        }
    }

    private static final String DEFAULT_EXCHANGE = "";

    private final Topology topology;

    /** @param topology gives the names; its number of shards may be unknown */
    public Messages(Topology topology) {
        this.topology = topology;
    }

    /** To the shard of the pedido's receiver. */
    public OutboundMessage entry(Content content) {
        return to(topology.entryExchange(), content.recebedorId(), content, Map.of());
    }

    /**
     * To the delay queue for this time. When the time has passed, the queue forwards the message to its shard: the
     * routing key is kept. The next attempt is due then.
     */
    public OutboundMessage retry(Content content, Duration delay) {
        return to(
                topology.retryExchange(delay),
                content.recebedorId(),
                content,
                Map.of(OutboundMessage.ESPERA_MS, delay.toMillis()));
    }

    /** As {@link #retry}, for a message that is only to be redelivered later: no attempt was scheduled. */
    public OutboundMessage aside(Content content, Duration delay) {
        return to(topology.retryExchange(delay), content.recebedorId(), content, Map.of());
    }

    /**
     * To the queue {@code pedidos_queue}, for a pedido that is not in the ledger yet.
     *
     * @param acceptedMicros time of acceptance, in microseconds of the database's clock
     */
    public OutboundMessage toOpenQueue(Content content, long acceptedMicros) {
        return to(DEFAULT_EXCHANGE, topology.openQueue(), content, Map.of(OutboundMessage.ACEITO_EM, acceptedMicros));
    }

    /**
     * To the dead letters, for a message that is not a pedido: its body unchanged.
     *
     * @param id a name made for the message
     * @param headers the reason
     */
    public OutboundMessage refused(String id, Map<String, Object> headers, byte[] body) {
        return new OutboundMessage(DEFAULT_EXCHANGE, topology.deadLetterQueue(), Version.first(id), "", body, headers);
    }

    /** To the queue for messages of other ledgers, its body unchanged. */
    public OutboundMessage foreign(PulledMessage message) {
        return as(message, topology.foreignQueue(), Map.of());
    }

    /** To the end of the open queue, from which it was taken. */
    public OutboundMessage toOpenQueueAgain(PulledMessage message) {
        return as(message, topology.openQueue(), Map.of());
    }

    /** To the end of the queue of refusals, from which it was taken. The broker's list of its deaths cannot be published again. */
    public OutboundMessage toRefusalQueueAgain(PulledMessage message) {
        return as(
                message,
                topology.refusalQueue(),
                LastDeath.of(message.headers()).asHeaders());
    }

    /** To the open queue again, where the broker gave it up by itself. Counts that. */
    public OutboundMessage backToOpenQueue(PulledMessage message) {
        long before = message.headers().number(OutboundMessage.DEVOLUCOES);
        return as(message, topology.openQueue(), Map.of(OutboundMessage.DEVOLUCOES, before + 1));
    }

    private static OutboundMessage as(PulledMessage message, String queue, Map<String, Object> added) {
        var headers = message.headers();
        var plain = headers.plain();
        plain.putAll(added);
        return new OutboundMessage(
                DEFAULT_EXCHANGE, queue, headers.version(message.messageId()), message.type(), message.body(), plain);
    }

    /**
     * To the dead letters, with the headers that an operator reads in the management UI.
     *
     * @param shard the queue that the message came from; empty if it was not in a shard
     */
    public OutboundMessage deadLetter(Content content, Death death, String shard) {
        return to(
                DEFAULT_EXCHANGE,
                topology.deadLetterQueue(),
                content,
                Map.of(
                        OutboundMessage.MOTIVO,
                        death.motivo(),
                        OutboundMessage.ERRO_CLASSE,
                        death.erroClasse(),
                        OutboundMessage.TENTATIVAS,
                        content.version().tentativas(),
                        OutboundMessage.PRIMEIRA_FALHA_EM,
                        death.primeiraFalhaEm(),
                        OutboundMessage.ULTIMA_FALHA_EM,
                        death.ultimaFalhaEm(),
                        "tipo",
                        content.tipo(),
                        "recebedor_id",
                        content.recebedorId(),
                        OutboundMessage.SHARD,
                        shard));
    }

    private static OutboundMessage to(
            String exchange, String routingKey, Content content, Map<String, Object> headers) {
        return new OutboundMessage(
                exchange,
                routingKey,
                content.version(),
                content.tipo(),
                content.body(),
                withSuspicion(headers, content.suspicion()));
    }

    private static Map<String, Object> withSuspicion(Map<String, Object> headers, Suspicion suspicion) {
        if (suspicion == Suspicion.NONE) {
            return headers;
        }
        Map<String, Object> all = new HashMap<>(headers);
        all.put(OutboundMessage.REENTREGUE, suspicion.header());
        return all;
    }
}
