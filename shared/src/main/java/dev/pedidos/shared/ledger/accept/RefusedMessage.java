package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.text.Sha256;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message that is no pedido, as the event MENSAGEM_RECUSADA records it.
 *
 * @param sha256 of its body, in hexadecimal
 * @param faults the first ones: nobody can delete the event
 * @param furtherFaults how many come after them
 * @param queue that it came from
 * @param size of its body in bytes
 */
public record RefusedMessage(
        String sha256,
        String motivo,
        String erroClasse,
        List<FieldError> faults,
        int furtherFaults,
        String queue,
        int size) {
    static final int MOST_FAULTS = 20;
    /** It is a header of the dead letter, and all headers must fit into one frame. */
    static final int REASON_CHARS = 10_000;

    public static RefusedMessage of(
            byte[] body, String motivo, String erroClasse, List<FieldError> faults, String queue) {
        int recorded = Math.min(faults.size(), MOST_FAULTS);
        return new RefusedMessage(
                Sha256.hex(body),
                motivo,
                erroClasse,
                faults.stream()
                        .limit(recorded)
                        .map(FieldError::withOwnNamesOnly)
                        .toList(),
                faults.size() - recorded,
                queue,
                body.length);
    }

    /** The faults in one line. */
    public String reason() {
        String reason = faults.stream()
                .map(fault -> fault.field() + ": " + fault.message())
                .collect(Collectors.joining("; ", "", furtherFaults > 0 ? "; ..." : ""));
        return reason.substring(0, Math.min(reason.length(), REASON_CHARS));
    }
}
