package dev.pedidos.api.operate;

import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.shared.ledger.read.AuditReads;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /audit}: the calls that handlers made to other systems. */
public final class AuditRoutes implements Routes {
    private final AuditReads calls;
    private final Bulkheads bulkheads;

    public AuditRoutes(AuditReads calls, Bulkheads bulkheads) {
        this.calls = calls;
        this.bulkheads = bulkheads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/audit", this::list);
    }

    private void list(Context ctx) {
        AuditQuery query = AuditQuery.of(HttpExchange.query(ctx));
        PageAnswer.send(
                ctx,
                bulkheads.lists(),
                "chamadas",
                AuditQuery.CURSOR,
                () -> calls.list(query.filter(), query.before(), query.limit()));
    }
}
