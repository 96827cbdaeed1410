package dev.pedidos.api.status;

import dev.pedidos.api.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of {@code GET /pedidos/{id}/events}, and of an operation's events, checked.
 *
 * @param after the number of the last event of the page before; 0: from the first event
 */
public record EventsQuery(long after, int limit) {
    private static final Set<String> NAMES = Set.of("limit", "cursor");
    private static final int DEFAULT_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static EventsQuery of(Map<String, List<String>> given) {
        return of(given, DEFAULT_LIMIT);
    }

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    public static EventsQuery of(Map<String, List<String>> given, int defaultLimit) {
        var parameters = new Parameters(given, NAMES);
        int limit = parameters.limit(defaultLimit);
        Optional<String> cursor =
                parameters.checked("cursor", text -> number(text).isPresent(), Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new EventsQuery(cursor.flatMap(EventsQuery::number).orElse(0L), limit);
    }

    /** A place in the list, as clients see it. It is opaque, so that its content can change. */
    public static String cursor(long number) {
        byte[] text = Long.toString(number).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** Empty if this API did not make it. */
    public static Optional<Long> number(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Optional.of(text).filter(NUMBER.asMatchPredicate()).map(Long::valueOf);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
