package dev.pedidos.api.stream;

import dev.pedidos.api.acceptance.Absence;
import dev.pedidos.api.http.EventStream;
import dev.pedidos.api.http.EventStreams;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.Digits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code GET /pedidos/{id}/stream} and {@code /stream}. */
public final class StreamRoutes implements Routes {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int LONGEST_ID = 18;

    private final Feed feed;
    private final Absence absence;
    private final EventStreams streams;
    private final Executor answering;

    public StreamRoutes(Feed feed, Absence absence, EventStreams streams, Executor answering) {
        this.feed = feed;
        this.absence = absence;
        this.streams = streams;
        this.answering = answering;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/pedidos/{id}/stream", this::ofPedido);
        Routes.getWithQuery(routes, "/stream", this::ofRecebedor);
    }

    private void ofPedido(Context ctx) {
        begin(ctx, new Wanted.OfPedido(HttpExchange.pathId(ctx, "id", Problem.NO_PEDIDO)));
    }

    private void ofRecebedor(Context ctx) {
        var parameters = new Parameters(HttpExchange.query(ctx));
        String id = parameters
                .checked("recebedor_id", Limits::isId, Parameters.ID)
                .orElseGet(() -> {
                    parameters.fault("recebedor_id", "is required");
                    return "";
                });
        parameters.throwIfFaulty();
        begin(ctx, new Wanted.OfRecebedor(id));
    }

    private void begin(Context ctx, Wanted wanted) {
        OptionalLong after = lastEventId(ctx);
        EventStream stream = streams.open(ctx);
        Problem absent = absence.of(Problem.NO_PEDIDO);
        CompletableFuture<Joined> joined =
                feed.join(wanted, after, stream).orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        ctx.future(
                () -> joined.handleAsync((result, failure) -> answer(ctx, stream, absent, result, failure), answering));
    }

    private @Nullable Void answer(
            Context ctx, EventStream stream, Problem absent, @Nullable Joined joined, @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            throw new ProblemException(
                    Problem.unavailable("The events could not be read in time; ask again a little later."));
        }
        if (failure != null) {
            throw failure instanceof RuntimeException known ? known : new CompletionException(failure);
        }
        switch (joined) {
            case Joined.Listening(long after) -> {
                ctx.header(LAST_EVENT_ID, Long.toString(after));
                streams.begin(ctx, stream);
            }
            case Joined.NothingLeft() -> ctx.status(204);
            case Joined.Ahead() ->
                throw new ProblemException(Problem.invalidField(
                        LAST_EVENT_ID, "is ahead of this ledger: begin without it, and read what you missed"));
            case Joined.Unknown() -> throw new ProblemException(absent);
            case null -> throw new IllegalStateException("neither joined nor failed");
        }
        return null;
    }

    private static OptionalLong lastEventId(Context ctx) {
        List<String> given = HttpExchange.headers(ctx, LAST_EVENT_ID);
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        String text = given.getFirst().strip();
        if (given.size() > 1 || !text.matches("[0-9]{1," + LONGEST_ID + "}")) {
            throw new ProblemException(Problem.invalidField(LAST_EVENT_ID, "must be the id of an event, given once"));
        }
        return OptionalLong.of(Digits.toLong(text));
    }
}
