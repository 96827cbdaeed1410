package dev.pedidos.api.asking;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Lane;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;

/**
 * The last step of a request that may wait for an end: it writes the answer, at once or when the end has come. A route
 * returns the future to {@link Context#future}.
 *
 * @param waits of all kinds
 * @param ends of this kind
 * @param lookups reads the answer of a GET for requests that waited in vain
 */
public record EndWait(FinalWait waits, Ends ends, Lane lookups) {

    /**
     * 200 with the answer of GET if the client prefers to wait and the end comes in time.
     *
     * @param usual writes the answer in any other case
     */
    public CompletableFuture<Void> answer(Context ctx, String id, Runnable usual) {
        return waits.answer(ctx, ends, id, () -> {
            usual.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * As {@link #answer}, for a request whose usual answer is 200 with the answer of GET.
     *
     * @param now writes it if the client does not prefer to wait
     */
    public CompletableFuture<Void> answerKnown(Context ctx, String id, Runnable now) {
        if (!FinalWait.isPreferred(ctx)) {
            now.run();
            return CompletableFuture.completedFuture(null);
        }
        return answerEnded(ctx, id);
    }

    /** 200 with the answer of GET, for a request that finds the end, or whose usual answer is that of GET and is not read yet. */
    public CompletableFuture<Void> answerEnded(Context ctx, String id) {
        return waits.answer(
                ctx,
                ends,
                id,
                () -> lookups.answered(() -> ends.answer().read(id), body -> Exchange.json(ctx, 200, body)));
    }
}
