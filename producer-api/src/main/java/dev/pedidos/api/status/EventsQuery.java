package dev.pedidos.api.status;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of {@code GET /pedidos/{id}/events}, and of an operation's events, checked.
 *
 * @param cursor of this list alone
 * @param after the number of the last event of the page before; 0: from the first event
 */
public record EventsQuery(Cursor<Long> cursor, long after, int limit) {
    private static final int DEFAULT_LIMIT = 100;

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static EventsQuery ofPedido(String id, Map<String, List<String>> given) {
        return of("pedidos/" + id + "/events", given, DEFAULT_LIMIT);
    }

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    public static EventsQuery ofOperation(String externalId, Map<String, List<String>> given, int defaultLimit) {
        return of("operations/" + externalId + "/events", given, defaultLimit);
    }

    private static EventsQuery of(String list, Map<String, List<String>> given, int defaultLimit) {
        Cursor<Long> cursor = Cursor.byNumber(list);
        var parameters = new Parameters(given);
        int limit = parameters.limit(defaultLimit);
        Optional<Long> after = parameters.read("cursor", cursor::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new EventsQuery(cursor, after.orElse(0L), limit);
    }
}
