package dev.pedidos.api.cancel;

import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.NotKeptProblem;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.prefer.PreferWait;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.message.Cancelamento;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** {@code POST /pedidos/{id}/cancel}. No thread waits while the cancellation is inserted and published. */
public final class CancelRoute implements Routes {
    private final Cancelling cancelling;
    private final PreferWait wait;
    private final Executor answering;

    /** @param answering writes answers: the threads that insert and confirm must never wait for a client */
    public CancelRoute(
            Cancellations cancellations,
            BooleanSupplier ledgerUp,
            Acceptor acceptor,
            PreferWait wait,
            Bulkheads bulkheads,
            Executor answering) {
        this.cancelling = new Cancelling(cancellations, ledgerUp, acceptor, bulkheads.cancels());
        this.wait = wait;
        this.answering = answering;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, "/pedidos/{id}/cancel", this::cancel);
    }

    private void cancel(Context ctx) {
        var cancelamento = Cancelamento.read(ctx.pathParam("id"), HttpExchange.jsonOrNothing(ctx));
        String id = HttpExchange.pathId(ctx, "id", "No pedido can have this id.");
        var cancelled = cancelling.cancel(cancelamento);
        ctx.future(() -> cancelled.thenComposeAsync(result -> answer(ctx, id, result), answering));
    }

    private CompletableFuture<Void> answer(Context ctx, String id, Cancelled cancelled) {
        switch (cancelled) {
            case Cancelled.Kept(var status) -> {
                String kept = "{\"pedido_id\":\"" + id + "\",\"status\":\""
                        + status.map(Enum::name).orElse("UNKNOWN") + "\"}";
                return wait.answerOr(ctx, id, () -> HttpExchange.json(ctx, 202, kept));
            }
            case Cancelled.Ended() -> {
                return wait.answerWithGet(ctx, id);
            }
            case Cancelled.NotCancellable() -> HttpExchange.problem(ctx, Problem.notCancellable());
            case Cancelled.NotKept(var why) -> HttpExchange.problem(ctx, NotKeptProblem.CANCELLATION.of(why));
        }
        return CompletableFuture.completedFuture(null);
    }
}
