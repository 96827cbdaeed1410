package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.read.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code GET /tasks}, checked. */
record TasksQuery(Optional<String> status, Optional<Position> after, int limit) {
    private static final Set<String> NAMES = Set.of("status", "limit", "cursor");
    private static final Set<String> STATES = Set.of("PENDING", "STARTED", "SUCCESS", "FAILURE", "REVOKED");

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static TasksQuery of(Map<String, List<String>> given) {
        var parameters = new Parameters(given, NAMES);
        Optional<String> status = parameters.checked("status", STATES::contains, "must be a state of a task");
        int limit = parameters.limit();
        Optional<Position> after = parameters.read("cursor", Cursor.POSITION::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new TasksQuery(status, after, limit);
    }
}
