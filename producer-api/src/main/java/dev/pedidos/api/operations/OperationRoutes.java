package dev.pedidos.api.operations;

import dev.pedidos.api.acceptance.Absence;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.api.status.EventsQuery;
import dev.pedidos.shared.ledger.read.OperationReads;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /operations}, {@code /operations/{external_id}} and {@code /operations/{external_id}/events}. */
public final class OperationRoutes implements Routes {
    /** A client that does not ask for pages gets all events of an operation, up to the bytes of a page. */
    private static final int EVENTS = 10_000;

    static final String UNKNOWN = "No event of an operation with this external_id came.";

    private final OperationReads operations;
    private final Absence absence;
    private final Bulkheads bulkheads;

    public OperationRoutes(OperationReads operations, Absence absence, Bulkheads bulkheads) {
        this.operations = operations;
        this.absence = absence;
        this.bulkheads = bulkheads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/operations", this::list);
        Routes.get(routes, "/operations/{external_id}", this::one);
        Routes.getWithQuery(routes, "/operations/{external_id}/events", this::events);
    }

    private void one(Context ctx) {
        String id = externalId(ctx);
        Problem absent = absence.of(UNKNOWN);
        bulkheads
                .lookups()
                .answer(
                        ctx,
                        () -> operations.find(id),
                        answer -> HttpExchange.compactJson(
                                ctx, 200, answer.orElseThrow(() -> new ProblemException(absent))));
    }

    private void events(Context ctx) {
        String id = externalId(ctx);
        EventsQuery query = EventsQuery.ofOperation(id, HttpExchange.query(ctx), EVENTS);
        Problem absent = absence.of(UNKNOWN);
        PageAnswer.send(
                ctx,
                bulkheads.lists(),
                "events",
                query.cursor(),
                () -> operations
                        .events(id, query.after(), query.limit())
                        .orElseThrow(() -> new ProblemException(absent)));
    }

    private void list(Context ctx) {
        OperationsQuery query = OperationsQuery.of(HttpExchange.query(ctx));
        PageAnswer.send(
                ctx,
                bulkheads.lists(),
                "operations",
                OperationsQuery.CURSOR,
                () -> operations.list(query.filter(), query.after(), query.limit()));
    }

    private static String externalId(Context ctx) {
        return HttpExchange.pathId(ctx, "external_id", UNKNOWN);
    }
}
