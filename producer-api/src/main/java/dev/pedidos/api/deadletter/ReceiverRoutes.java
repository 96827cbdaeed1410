package dev.pedidos.api.deadletter;

import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.shared.ledger.deadletter.DeadLetterReads;
import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.shared.ledger.deadletter.DeadLetters.MoveResult;
import dev.pedidos.shared.ledger.deadletter.DeadLetters.Release;
import dev.pedidos.shared.message.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /recebedores}: lists waiting receivers, and lets a held one go on. */
public final class ReceiverRoutes implements Routes {
    private static final String UNKNOWN = "No pedido has this recebedor_id.";
    private static final Cursor<String> CURSOR =
            new Cursor<>("recebedores", id -> id, text -> Optional.of(text).filter(Limits::isId));

    private final DeadLetterReads letters;
    private final DeadLetters deadLetters;
    private final Bulkheads bulkheads;
    private final OperatorMetrics metrics;

    public ReceiverRoutes(
            DeadLetterReads letters, DeadLetters deadLetters, Bulkheads bulkheads, OperatorMetrics metrics) {
        this.letters = letters;
        this.deadLetters = deadLetters;
        this.bulkheads = bulkheads;
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/recebedores", this::list);
        Routes.post(routes, "/recebedores/{id}/release", this::release);
    }

    private void list(Context ctx) {
        var parameters = new Parameters(HttpExchange.query(ctx));
        Optional<String> retido = parameters.checked(
                "retido", text -> text.equals("true") || text.equals("false"), "must be true or false");
        Optional<String> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        int limit = parameters.limit();
        parameters.throwIfFaulty();
        PageAnswer.send(
                ctx,
                bulkheads.operators(),
                "recebedores",
                CURSOR,
                () -> letters.receivers(retido.map(Boolean::valueOf), after.orElse(""), limit));
    }

    private void release(Context ctx) {
        String por = Operador.of(ctx);
        Release release = OperatorBodies.readRelease(HttpExchange.jsonBody(ctx));
        String id = HttpExchange.pathId(ctx, "id", UNKNOWN);
        bulkheads.moves().answer(ctx, () -> released(id, release, por), result -> {
            switch (result) {
                case DONE ->
                    HttpExchange.json(
                            ctx, 202, "{\"recebedor_id\":\"" + id + "\",\"action\":\"" + release.text() + "\"}");
                case NOT_DEAD_LETTERED ->
                    throw new ProblemException(
                            Problem.notDeadLettered("No dead letter holds this receiver; nothing was changed."));
                case UNKNOWN -> throw new ProblemException(Problem.notFound(UNKNOWN));
            }
        });
    }

    private MoveResult released(String id, Release release, String por) {
        var result = deadLetters.release(id, release, por);
        if (result == MoveResult.DONE && release == Release.RETRY_HEAD) {
            metrics.redriven();
        }
        return result;
    }
}
