package dev.pedidos.shared.broker;

import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.Map;

/** The messages of a pedido's life: into its shard, into a delay queue, into the dead letters. */
public final class Messages {

    /**
     * What a message about a pedido says.
     *
     * @param agendamento schedulings so far in this ciclo
     * @param tentativas attempts made so far in this ciclo
     * @param body the pedido as JSON
     */
    public record Content(
            String pedidoId,
            String recebedorId,
            String tipo,
            int ciclo,
            int agendamento,
            int tentativas,
            byte[] body) {}

    private static final String DEFAULT_EXCHANGE = "";

    private final Topology topology;

    /** @param topology its names; the shards may be unknown */
    public Messages(Topology topology) {
        this.topology = topology;
    }

    /** To the shard of its receiver. */
    public OutboundMessage entry(Content content) {
        return to(topology.entryExchange(), content.recebedorId(), content, Map.of());
    }

    /**
     * To the queue of a delay, which hands it back to its shard: the routing key survives the way. When it is back, the time
     * until its next attempt has passed.
     */
    public OutboundMessage retry(Content content, Duration delay) {
        return to(
                topology.retryExchange(delay),
                content.recebedorId(),
                content,
                Map.of(OutboundMessage.ESPERA_MS, delay.toMillis()));
    }

    /** As {@link #retry}, for a message that only has to come back: nothing was scheduled. */
    public OutboundMessage aside(Content content, Duration delay) {
        return to(topology.retryExchange(delay), content.recebedorId(), content, Map.of());
    }

    /**
     * To the open door, for a pedido that could not be noted.
     *
     * @param acceptedMicros when it was accepted, in microseconds of the database's clock
     */
    public OutboundMessage unnoted(Content content, long acceptedMicros) {
        return to(DEFAULT_EXCHANGE, topology.openQueue(), content, Map.of(OutboundMessage.ACEITO_EM, acceptedMicros));
    }

    /**
     * To the dead letters, though it is no pedido: the body as it came, and why.
     *
     * @param id of the message, or a name for it
     */
    public OutboundMessage refused(String id, String motivo, String erroClasse, String erroMensagem, byte[] body) {
        return new OutboundMessage(
                DEFAULT_EXCHANGE,
                topology.deadLetterQueue(),
                id,
                "",
                0,
                0,
                0,
                body,
                Map.of(OutboundMessage.MOTIVO, motivo, "erro_classe", erroClasse, "erro_mensagem", erroMensagem));
    }

    /** Aside, as it came: it belongs to another ledger. */
    public OutboundMessage foreign(Taken message) {
        var headers = message.headers();
        return new OutboundMessage(
                DEFAULT_EXCHANGE,
                topology.foreignQueue(),
                message.messageId(),
                message.type(),
                (int) headers.number(OutboundMessage.CICLO),
                (int) headers.number(OutboundMessage.AGENDAMENTO),
                (int) headers.number(OutboundMessage.TENTATIVA),
                message.body(),
                headers.values());
    }

    /**
     * To the dead letters, with what an operator wants to see in the management UI.
     *
     * @param shard the queue that it came from, empty where it was not in one
     */
    public OutboundMessage deadLetter(Content content, Death death, String shard) {
        return to(
                DEFAULT_EXCHANGE,
                topology.deadLetterQueue(),
                content,
                Map.of(
                        OutboundMessage.MOTIVO,
                        death.motivo(),
                        "erro_classe",
                        death.erroClasse(),
                        "tentativas",
                        content.tentativas(),
                        "primeira_falha_em",
                        death.primeiraFalhaEm(),
                        "ultima_falha_em",
                        death.ultimaFalhaEm(),
                        "tipo",
                        content.tipo(),
                        "recebedor_id",
                        content.recebedorId(),
                        "shard",
                        shard));
    }

    private static OutboundMessage to(
            String exchange, String routingKey, Content content, Map<String, Object> headers) {
        return new OutboundMessage(
                exchange,
                routingKey,
                content.pedidoId(),
                content.tipo(),
                content.ciclo(),
                content.agendamento(),
                content.tentativas(),
                content.body(),
                headers);
    }
}
