package dev.pedidos.api.deadletter;

import dev.pedidos.api.http.Bodies;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /dlq/redrive} and {@code /dlq/redrives}: redrives many dead letters, tells how far that is, and ends it. */
public final class RedriveRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveRoutes.class);

    private final Redrives redrives;
    private final Bulkheads bulkheads;

    public RedriveRoutes(Redrives redrives, Bulkheads bulkheads) {
        this.redrives = redrives;
        this.bulkheads = bulkheads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, "/dlq/redrive", this::start);
        Routes.get(routes, "/dlq/redrives", this::list);
        Routes.get(routes, "/dlq/redrives/{id}", this::progress);
        Routes.post(routes, "/dlq/redrives/{id}/cancel", this::cancel);
    }

    private void start(Context ctx) {
        String por = Operador.of(ctx);
        var wanted = OperatorBodies.readRedrive(HttpExchange.jsonBody(ctx));
        bulkheads
                .moves()
                .answer(
                        ctx,
                        () -> redrives.choose(wanted.filter(), wanted.porSegundo(), por),
                        chosen -> started(ctx, chosen));
    }

    private static void started(Context ctx, Optional<Redrives.Chosen> found) {
        var chosen = found.orElseThrow(() -> new ProblemException(Problem.invalidField(
                "ate", "must be given, or be earlier: this selects more than " + Redrives.MOST + " dead letters")));
        HttpExchange.json(
                ctx, 202, "{\"redrive_id\":\"" + chosen.id() + "\",\"selecionados\":" + chosen.selecionados() + "}");
    }

    private void list(Context ctx) {
        bulkheads
                .operators()
                .answer(
                        ctx,
                        redrives::list,
                        listed -> HttpExchange.compactJson(ctx, 200, "{\"redrives\":" + listed + "}"));
    }

    private void progress(Context ctx) {
        UUID id = redriveId(ctx);
        bulkheads.operators().answer(ctx, () -> redrives.progress(id), found -> answer(ctx, found));
    }

    private void cancel(Context ctx) {
        String por = Operador.of(ctx);
        Bodies.requireEmpty(HttpExchange.jsonOrNothing(ctx));
        UUID id = redriveId(ctx);
        bulkheads.moves().answer(ctx, () -> cancelled(id, por), found -> answer(ctx, found));
    }

    private Optional<String> cancelled(UUID id, String por) {
        if (redrives.cancel(id, por)) {
            LOG.atInfo().addKeyValue("redrive_id", id).addKeyValue("por", por).log("a redrive is cancelled");
        }
        return redrives.progress(id);
    }

    private static void answer(Context ctx, Optional<String> found) {
        HttpExchange.compactJson(ctx, 200, found.orElseThrow(RedriveRoutes::unknown));
    }

    private static UUID redriveId(Context ctx) {
        String text = ctx.pathParam("id");
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw unknown();
        }
        return UUID.fromString(text);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("No redrive has this id."));
    }
}
