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
import dev.pedidos.shared.message.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /webhooks} and {@code POST /webhooks/{id}/redeliver}. */
public final class WebhookRoutes implements Routes {
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
        Routes.list(routes, "/webhooks", this::list);
        Routes.post(routes, "/webhooks/{id}/redeliver", this::redeliver);
    }

    private void list(Context ctx) {
        WebhooksQuery query = WebhooksQuery.of(HttpExchange.query(ctx));
        bulkheads
                .operators()
                .answer(
                        ctx,
                        () -> reads.list(query.status(), query.after(), query.limit()),
                        page -> PageAnswer.send(
                                ctx, "webhooks", page.answers(), page.next().map(WebhooksQuery.CURSOR::text)));
    }

    private void redeliver(Context ctx) {
        String id = ctx.pathParam("id");
        Bodies.requireEmpty(HttpExchange.jsonOrNothing(ctx));
        if (!Limits.isId(id)) {
            throw unknown();
        }
        bulkheads.moves().answer(ctx, () -> ledger.redeliver(id), known -> {
            if (!known) {
                throw unknown();
            }
            HttpExchange.json(ctx, 202, "{\"webhook_id\":\"" + id + "\",\"status\":\"PENDING\"}");
        });
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("No webhook has this id."));
    }
}
