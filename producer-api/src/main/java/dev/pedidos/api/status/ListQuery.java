package dev.pedidos.api.status;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.read.PedidoReads.Filter;
import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.Limits;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code GET /pedidos}, checked. */
record ListQuery(Filter filter, Optional<Position> after, int limit) {
    static final Cursor<Position> CURSOR = Cursor.byPosition("pedidos");

    private static final Set<PedidoStatus> STATES = EnumSet.allOf(PedidoStatus.class);

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static ListQuery of(Map<String, List<String>> given) {
        var parameters = new Parameters(given);
        var filter = new Filter(
                parameters.oneOf("status", STATES, "must be a state").map(PedidoStatus::name),
                parameters.checked("recebedor_id", Limits::isId, Parameters.ID),
                parameters.checked("tipo", Limits::isId, Parameters.ID));
        int limit = parameters.limit();
        Optional<Position> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new ListQuery(filter, after, limit);
    }
}
