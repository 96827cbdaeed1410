package dev.pedidos.api.webhooks;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code GET /webhooks}, checked. */
record WebhooksQuery(Optional<WebhookStatus> status, Optional<Position> after, int limit) {
    static final Cursor<Position> CURSOR = Cursor.byPosition("webhooks");

    private static final Set<WebhookStatus> STATES = EnumSet.allOf(WebhookStatus.class);

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static WebhooksQuery of(Map<String, List<String>> given) {
        var parameters = new Parameters(given);
        Optional<WebhookStatus> status =
                parameters.oneOf("status", STATES, "must be one of DELIVERED, FAILED, GONE, PENDING");
        int limit = parameters.limit();
        Optional<Position> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new WebhooksQuery(status, after, limit);
    }
}
