package dev.pedidos.api.prefer;

import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of a request, at once or when the state is final. A route
 * returns the future to {@link Context#future}.
 *
 * @param poller waits for objects of all kinds
 * @param awaitable the kind of object that this route is about
 * @param lookups reads the answer of GET for requests that do not wait or waited in vain
 */
public record PreferWait(FinalStatePoller poller, Awaitable awaitable, Bulkhead lookups) {

    /**
     * Waits if the client asks for it. Then answers 200 with the answer of GET if the end has come in time.
     *
     * @param usual writes the answer in any other case
     */
    public CompletableFuture<Void> answerOr(Context ctx, String id, Runnable usual) {
        return poller.answerOr(ctx, awaitable, id, () -> {
            usual.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * As {@link #answerWithGet}, for a request that has the answer of GET in hand.
     *
     * @param now writes it if the client does not ask to wait
     */
    public CompletableFuture<Void> answerWithGetOr(Context ctx, String id, Runnable now) {
        if (!FinalStatePoller.isPreferred(ctx)) {
            now.run();
            return CompletableFuture.completedFuture(null);
        }
        return answerWithGet(ctx, id);
    }

    /**
     * For a request that is done. Waits if the client asks for it. Then answers 200 with the answer of GET, whether the end has
     * come or not.
     */
    public CompletableFuture<Void> answerWithGet(Context ctx, String id) {
        return poller.answerOr(ctx, awaitable, id, () -> read(ctx, id));
    }

    /** A bulkhead or a memory that is full refuses what was not begun; this request is done. */
    private CompletableFuture<Void> read(Context ctx, String id) {
        return CompletableFuture.completedFuture(id)
                .thenCompose(done -> lookups.answered(
                        () -> awaitable.getAnswer().read(done), body -> HttpExchange.json(ctx, 200, body)))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        isOverload(failure.getCause()) ? new ProblemException(Problem.answerNotRead()) : failure));
    }

    private static boolean isOverload(@Nullable Throwable failure) {
        return failure instanceof ProblemException refused && refused.problem().status() == 503;
    }
}
