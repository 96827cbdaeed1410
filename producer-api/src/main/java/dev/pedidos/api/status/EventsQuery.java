package dev.pedidos.api.status;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of {@code GET /pedidos/{id}/events}, and of an operation's events, checked.
 *
 * @param after the number of the last event of the page before; 0: from the first event
 */
public record EventsQuery(long after, int limit) {
    public static final Cursor<Long> CURSOR = Cursor.byNumber("events");

    private static final Set<String> NAMES = Set.of("limit", "cursor");
    private static final int DEFAULT_LIMIT = 100;

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static EventsQuery of(Map<String, List<String>> given) {
        return of(given, DEFAULT_LIMIT);
    }

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    public static EventsQuery of(Map<String, List<String>> given, int defaultLimit) {
        var parameters = new Parameters(given, NAMES);
        int limit = parameters.limit(defaultLimit);
        Optional<Long> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new EventsQuery(after.orElse(0L), limit);
    }
}
