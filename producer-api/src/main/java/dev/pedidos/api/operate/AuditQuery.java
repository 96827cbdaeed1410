package dev.pedidos.api.operate;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.read.AuditReads;
import dev.pedidos.shared.message.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of {@code GET /audit}, checked. */
record AuditQuery(AuditReads.Filter filter, Optional<Long> before, int limit) {
    static final Cursor<Long> CURSOR = Cursor.byNumber("chamadas");

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static AuditQuery of(Map<String, List<String>> given) {
        var parameters = new Parameters(given);
        Optional<String> dependencia = parameters.checked("dependencia", Limits::isId, Parameters.ID);
        Optional<String> taskId = parameters.checked("task_id", Limits::isId, Parameters.ID);
        int limit = parameters.limit();
        Optional<Long> before = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new AuditQuery(new AuditReads.Filter(dependencia, taskId), before, limit);
    }
}
