package dev.pedidos.api.operate;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Reads;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.DeadLetterReads;
import dev.pedidos.shared.ledger.DeadLetters;
import dev.pedidos.shared.ledger.Redrives;
import dev.pedidos.shared.message.DlqReader;
import dev.pedidos.shared.message.JsonText;
import dev.pedidos.shared.message.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code /dlq}: looking at dead letters, redriving them, discarding them. */
public final class DlqRoutes implements Routes {
    private final DeadLetterReads letters;
    private final DeadLetters deadLetters;
    private final Redrives redrives;
    private final Reads reads;
    private final OperatorSignals signals;

    public DlqRoutes(
            DeadLetterReads letters, DeadLetters deadLetters, Redrives redrives, Reads reads, OperatorSignals signals) {
        this.letters = letters;
        this.deadLetters = deadLetters;
        this.redrives = redrives;
        this.reads = reads;
        this.signals = signals;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/dlq", this::list);
        Routes.get(routes, "/dlq/groups", this::groups);
        Routes.get(routes, "/dlq/redrives/{id}", this::progress);
        routes.post("/dlq/redrive", this::redriveMany);
        routes.post("/dlq/{id}/redrive", this::redrive);
        routes.delete("/dlq/{id}", this::discard);
    }

    private void list(Context ctx) throws Exception {
        var query = DlqQuery.ofList(ctx.queryParamMap());
        var page =
                reads.run(() -> letters.list(query.filter(), query.after().map(LetterCursor::position), query.limit()));
        String next = page.next()
                .map(position -> JsonText.quoted(new LetterCursor(position).text()))
                .orElse("null");
        Exchange.compactJson(
                ctx, 200, "{\"mortos\":[" + String.join(",", page.answers()) + "],\"next_cursor\":" + next + "}");
    }

    private void groups(Context ctx) throws Exception {
        var filter = DlqQuery.ofGroups(ctx.queryParamMap());
        Exchange.compactJson(ctx, 200, "{\"grupos\":" + reads.run(() -> letters.groups(filter)) + "}");
    }

    private void redrive(Context ctx) throws Exception {
        String id = ctx.pathParam("id");
        String por = Operador.of(ctx);
        moved(id, () -> deadLetters.redrive(id, null, por));
        signals.redriven(1);
        Exchange.json(ctx, 202, "{\"pedido_id\":\"" + id + "\",\"status\":\"PENDING\"}");
    }

    private void discard(Context ctx) throws Exception {
        String id = ctx.pathParam("id");
        String por = Operador.of(ctx);
        String motivo = DlqReader.readDiscard(Exchange.jsonBody(ctx));
        moved(id, () -> deadLetters.discard(id, motivo, por));
        signals.discarded();
        Exchange.json(ctx, 200, "{\"pedido_id\":\"" + id + "\",\"status\":\"DISCARDED\"}");
    }

    private void moved(String id, Callable<DeadLetters.Result> move) throws Exception {
        var result = Limits.isId(id) ? reads.run(move) : DeadLetters.Result.UNKNOWN;
        switch (result) {
            case DONE -> {}
            case NOT_DEAD_LETTERED -> throw new ProblemException(Problem.notDeadLettered("Nothing was changed."));
            case UNKNOWN -> throw new ProblemException(Problem.notFound("No pedido has this id."));
        }
    }

    private void redriveMany(Context ctx) throws Exception {
        String por = Operador.of(ctx);
        var wanted = DlqReader.readRedrive(Exchange.jsonBody(ctx));
        var chosen = reads.run(() -> redrives.choose(wanted.filter(), wanted.porSegundo(), por));
        Exchange.json(
                ctx, 202, "{\"redrive_id\":\"" + chosen.id() + "\",\"selecionados\":" + chosen.selecionados() + "}");
    }

    private void progress(Context ctx) throws Exception {
        Optional<UUID> id = uuid(ctx.pathParam("id"));
        Optional<String> answer = id.isPresent() ? reads.run(() -> redrives.progress(id.get())) : Optional.empty();
        Exchange.compactJson(
                ctx, 200, answer.orElseThrow(() -> new ProblemException(Problem.notFound("No redrive has this id."))));
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
