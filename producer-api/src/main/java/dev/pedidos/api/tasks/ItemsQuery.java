package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.PedidoStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of {@code GET /tasks/{task_id}/items}, checked.
 *
 * @param cursor of this task's items alone
 * @param after the number of the last item of the page before; 0: from the first item
 */
record ItemsQuery(Optional<String> status, Cursor<Long> cursor, long after, int limit) {
    private static final Set<PedidoStatus> STATES = EnumSet.allOf(PedidoStatus.class);

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static ItemsQuery of(String taskId, Map<String, List<String>> given) {
        Cursor<Long> cursor = Cursor.byNumber("tasks/" + taskId + "/items");
        var parameters = new Parameters(given);
        Optional<String> status = parameters
                .oneOf("status", STATES, "must be a state of a pedido")
                .map(PedidoStatus::name);
        int limit = parameters.limit();
        Optional<Long> after = parameters.read("cursor", cursor::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new ItemsQuery(status, cursor, after.orElse(0L), limit);
    }
}
