package dev.pedidos.api.deadletter;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.shared.message.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads why a dead letter is discarded, from a parameter or from the body. Many proxies remove the body of a DELETE.
 */
final class DiscardQuery {
    private static final String MOTIVO = "motivo";

    private DiscardQuery() {}

    /** @throws dev.pedidos.shared.message.InvalidMessage it is faulty, given twice or missing */
    static String motivo(Map<String, List<String>> query, byte[] body) {
        var parameters = new Parameters(query);
        Optional<String> inAddress = parameters.checked(MOTIVO, Limits::isCause, Limits.CAUSE);
        if (inAddress.isPresent() && body.length > 0) {
            parameters.fault(MOTIVO, "must be given once: in the address or in the body");
        } else if (inAddress.isEmpty() && body.length == 0) {
            parameters.fault(MOTIVO, "is required: in the address or in the body");
        }
        parameters.throwIfFaulty();
        return inAddress.orElseGet(() -> OperatorBodies.readDiscard(body));
    }
}
