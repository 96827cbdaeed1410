package dev.pedidos.shared.broker.message;

import dev.pedidos.shared.message.Version;
import java.util.Map;

/**
 * A message about one pedido, published as persistent and mandatory.
 *
 * @param version when it was published; tells a current message from a stale copy
 * @param headers further headers: text, numbers and booleans only
 */
public record OutboundMessage(
        String exchange, String routingKey, Version version, String tipo, byte[] body, Map<String, Object> headers) {

    public static final String CICLO = "ciclo";
    public static final String AGENDAMENTO = "agendamento";
    public static final String TENTATIVA = "tentativa";
    /** For a pedido that is not in the ledger yet: its time of acceptance, in microseconds of the database's clock. */
    public static final String ACEITO_EM = "aceito_em";
    /** For a scheduled attempt: the milliseconds that a delay queue keeps the message. */
    public static final String ESPERA_MS = "espera_ms";
    /** The {@link Suspicion} against the pedido, which the broker does not tell of a new message. */
    public static final String REENTREGUE = "reentregue";
    /** The id of the pedido, for a refused message whose body may have none. */
    public static final String PEDIDO_ID = "pedido_id";
    /** The reason of a dead letter. */
    public static final String MOTIVO = "motivo";
    /** The last failure of a dead letter, or the fault of a refused message. */
    public static final String ERRO_CLASSE = "erro_classe";
    /** What failed, in words. */
    public static final String ERRO_MENSAGEM = "erro_mensagem";
    /** The attempts that a dead letter has used. */
    public static final String TENTATIVAS = "tentativas";

    public static final String PRIMEIRA_FALHA_EM = "primeira_falha_em";
    public static final String ULTIMA_FALHA_EM = "ultima_falha_em";
    /** The queue from which a dead letter came. */
    public static final String SHARD = "shard";
    /** How often the broker gave the message up and it was put back into the open queue. */
    public static final String DEVOLUCOES = "devolucoes";
    /**
     * The ledger that the message belongs to. Absent in messages of foreign producers and of older programs: every
     * ledger takes those.
     */
    public static final String LEDGER = "ledger";

    public OutboundMessage {
        tipo = ShortString.cut(tipo);
    }

    /** The pedido's id, cut to the 255 bytes that AMQP has for it; so is {@code tipo}. */
    public String messageId() {
        return ShortString.cut(version.pedidoId());
    }
}
