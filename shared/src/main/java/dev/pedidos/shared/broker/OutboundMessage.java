package dev.pedidos.shared.broker;

import java.util.Map;

/**
 * A message about one pedido, to be published persistent and mandatory.
 *
 * @param ciclo raised by each redrive
 * @param agendamento schedulings before; with {@code ciclo} it tells a current message from a stale copy
 * @param tentativa attempts that were made when it was published: 0 for the first delivery
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
    /** Of a pedido that is not noted yet: when it was accepted, in microseconds of the database's clock. */
    public static final String ACEITO_EM = "aceito_em";
    /** Of a scheduled attempt: how many milliseconds a delay queue is to keep it. */
    public static final String ESPERA_MS = "espera_ms";
    /** Why a dead letter is one. */
    public static final String MOTIVO = "motivo";
    /** Which ledger it belongs to. Without it, it is anybody's: a foreign producer's, or one of an older program. */
    public static final String LEDGER = "ledger";
}
