package dev.pedidos.shared.broker;

import java.util.Map;

/**
 * A message about one pedido, published as persistent and mandatory.
 *
 * @param messageId cut to the 255 bytes that AMQP has for it; so is {@code tipo}
 * @param ciclo raised by each redrive
 * @param agendamento schedulings before; with {@code ciclo} it tells a current message from a stale copy
 * @param tentativa attempts made when it was published: 0 for the first delivery
 * @param headers further headers: text, numbers and booleans only
 */
public record OutboundMessage(
        String exchange,
        String routingKey,
        String messageId,
        String tipo,
        int ciclo,
        int agendamento,
        int tentativa,
        byte[] body,
        Map<String, Object> headers) {

    public static final String CICLO = "ciclo";
    public static final String AGENDAMENTO = "agendamento";
    public static final String TENTATIVA = "tentativa";
    /** For a pedido that is not in the ledger yet: its time of acceptance, in microseconds of the database's clock. */
    public static final String ACEITO_EM = "aceito_em";
    /** For a scheduled attempt: the milliseconds that a delay queue keeps the message. */
    public static final String ESPERA_MS = "espera_ms";
    /** 1 if an earlier message of the pedido may have ended a worker, which the broker does not tell of the new message. */
    public static final String REENTREGUE = "reentregue";
    /** The reason of a dead letter. */
    public static final String MOTIVO = "motivo";
    /** The last failure of a dead letter, or the fault of a refused message. */
    public static final String ERRO_CLASSE = "erro_classe";
    /** How often the broker gave the message up and it was put back into the open queue. */
    public static final String DEVOLUCOES = "devolucoes";
    /**
     * The ledger that the message belongs to. Absent in messages of foreign producers and of older programs: every
     * ledger takes those.
     */
    public static final String LEDGER = "ledger";

    public OutboundMessage {
        messageId = ShortString.cut(messageId);
        tipo = ShortString.cut(tipo);
    }
}
