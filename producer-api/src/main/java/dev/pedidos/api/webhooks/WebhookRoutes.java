package dev.pedidos.api.webhooks;

import dev.pedidos.api.http.Bodies;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.shared.ledger.read.WebhookReads;
import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /webhooks} and {@code POST /webhooks/{id}/redeliver}. */
public final class WebhookRoutes implements Routes {
    private static final String UNKNOWN = "No webhook has this id.";

    private final WebhookReads reads;
    private final WebhookLedger ledger;
    private final Bulkheads bulkheads;

    public WebhookRoutes(WebhookReads reads, WebhookLedger ledger, Bulkheads bulkheads) {
        this.reads = reads;
        this.ledger = ledger;
        this.bulkheads = bulkheads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/webhooks", this::list);
        Routes.post(routes, "/webhooks/{id}/redeliver", this::redeliver);
    }

    private void list(Context ctx) {
        WebhooksQuery query = WebhooksQuery.of(HttpExchange.query(ctx));
        PageAnswer.send(
                ctx,
                bulkheads.operators(),
                "webhooks",
                WebhooksQuery.CURSOR,
                () -> reads.list(query.status(), query.after(), query.limit()));
    }

    private void redeliver(Context ctx) {
        Bodies.requireEmpty(HttpExchange.jsonOrNothing(ctx));
        String id = HttpExchange.pathId(ctx, "id", UNKNOWN);
        bulkheads.moves().answer(ctx, () -> ledger.redeliver(id), known -> {
            if (!known) {
                throw new ProblemException(Problem.notFound(UNKNOWN));
            }
            HttpExchange.json(ctx, 202, "{\"webhook_id\":\"" + id + "\",\"status\":\"PENDING\"}");
        });
    }
}
