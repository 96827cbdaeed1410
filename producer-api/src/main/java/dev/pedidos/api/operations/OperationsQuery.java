package dev.pedidos.api.operations;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.read.OperationReads.Filter;
import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.operation.OperationStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code GET /operations}, checked. */
record OperationsQuery(Filter filter, Optional<Position> after, int limit) {
    static final Cursor<Position> CURSOR = Cursor.byPosition("operations");

    private static final Set<OperationStatus> STATES = EnumSet.complementOf(EnumSet.of(OperationStatus.NONE));

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static OperationsQuery of(Map<String, List<String>> given) {
        var parameters = new Parameters(given);
        var filter = new Filter(
                parameters.oneOf("status", STATES, "must be a state"),
                parameters.checked("recebedor_id", Limits::isId, Parameters.ID));
        int limit = parameters.limit();
        Optional<Position> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new OperationsQuery(filter, after, limit);
    }
}
