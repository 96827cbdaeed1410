package dev.pedidos.shared.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
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
    /** The reason of a dead letter. */
    public static final String MOTIVO = "motivo";
    /**
     * The ledger that the message belongs to. Absent in messages of foreign producers and of older programs: every
     * ledger takes those.
     */
    public static final String LEDGER = "ledger";

    /** The properties of a message are short strings of AMQP 0-9-1: their length has one byte. */
    private static final int LONGEST_PROPERTY = 255;

    /** Of UTF-8. */
    private static final int MOST_BYTES_PER_CHAR = 3;

    public OutboundMessage {
        messageId = fitting(messageId);
        tipo = fitting(tipo);
    }

    private static String fitting(String property) {
        if (property.length() <= LONGEST_PROPERTY / MOST_BYTES_PER_CHAR) {
            return property;
        }
        var rest = CharBuffer.wrap(property);
        UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(rest, ByteBuffer.allocate(LONGEST_PROPERTY), true);
        return property.substring(0, rest.position());
    }
}
