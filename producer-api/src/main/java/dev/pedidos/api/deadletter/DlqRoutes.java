package dev.pedidos.api.deadletter;

import dev.pedidos.api.http.Bodies;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.shared.ledger.deadletter.DeadLetterReads;
import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.shared.ledger.deadletter.DeadLetters.MoveResult;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** {@code /dlq}: lists dead letters, and redrives or discards one. */
public final class DlqRoutes implements Routes {
    private final DeadLetterReads letters;
    private final DeadLetters deadLetters;
    private final Bulkheads bulkheads;
    private final OperatorMetrics metrics;

    public DlqRoutes(DeadLetterReads letters, DeadLetters deadLetters, Bulkheads bulkheads, OperatorMetrics metrics) {
        this.letters = letters;
        this.deadLetters = deadLetters;
        this.bulkheads = bulkheads;
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/dlq", this::list);
        Routes.getWithQuery(routes, "/dlq/groups", this::groups);
        Routes.post(routes, "/dlq/{id}/redrive", this::redrive);
        Routes.deleteWithQuery(routes, "/dlq/{id}", this::discard);
    }

    private void list(Context ctx) {
        var query = DlqQuery.ofList(HttpExchange.query(ctx));
        PageAnswer.send(
                ctx,
                bulkheads.operators(),
                "mortos",
                DlqQuery.CURSOR,
                () -> letters.list(query.filter(), query.after(), query.limit()));
    }

    private void groups(Context ctx) {
        var filter = DlqQuery.ofGroups(HttpExchange.query(ctx));
        bulkheads
                .operators()
                .answer(
                        ctx,
                        () -> letters.groups(filter),
                        grupos -> HttpExchange.compactJson(ctx, 200, "{\"grupos\":" + grupos + "}"));
    }

    private void redrive(Context ctx) {
        String por = Operador.of(ctx);
        Bodies.requireEmpty(HttpExchange.jsonOrNothing(ctx));
        String id = HttpExchange.pathId(ctx, "id", Problem.NO_PEDIDO);
        move(ctx, id, () -> redriven(id, por), 202, "PENDING");
    }

    private void discard(Context ctx) {
        String por = Operador.of(ctx);
        String motivo = DiscardQuery.motivo(HttpExchange.query(ctx), HttpExchange.jsonOrNothing(ctx));
        String id = HttpExchange.pathId(ctx, "id", Problem.NO_PEDIDO);
        move(ctx, id, () -> discarded(id, motivo, por), 200, "DISCARDED");
    }

    private MoveResult redriven(String id, String por) {
        var result = deadLetters.redrive(id, OptionalInt.empty(), por);
        if (result == MoveResult.DONE) {
            metrics.redriven();
        }
        return result;
    }

    private MoveResult discarded(String id, String motivo, String por) {
        var result = deadLetters.discard(id, motivo, por);
        if (result == MoveResult.DONE) {
            metrics.discarded();
        }
        return result;
    }

    private void move(Context ctx, String id, Callable<MoveResult> move, int status, String then) {
        bulkheads.moves().answer(ctx, move, result -> {
            switch (result) {
                case DONE ->
                    HttpExchange.json(ctx, status, "{\"pedido_id\":\"" + id + "\",\"status\":\"" + then + "\"}");
                case NOT_DEAD_LETTERED -> throw new ProblemException(Problem.notDeadLettered("Nothing was changed."));
                case UNKNOWN -> throw unknown(Problem.NO_PEDIDO);
            }
        });
    }

    private static ProblemException unknown(String detail) {
        return new ProblemException(Problem.notFound(detail));
    }
}
