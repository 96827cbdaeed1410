package dev.pedidos.api.operations;

import dev.pedidos.api.acceptance.Acceptance;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.NotKeptProblem;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.prefer.PreferWait;
import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationReader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code POST /operations}. An event is accepted as the pedido that carries it, by the same way. */
public final class PostOperation implements Routes {
    private final Acceptor acceptor;
    private final PreferWait wait;
    private final Executor answering;

    /** @param answering writes answers: the threads that insert and confirm must never wait for a client */
    public PostOperation(Acceptor acceptor, PreferWait wait, Executor answering) {
        this.acceptor = acceptor;
        this.wait = wait;
        this.answering = answering;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, "/operations", this::post);
    }

    private void post(Context ctx) {
        OperationEvent event = OperationReader.read(HttpExchange.jsonBody(ctx));
        String id = event.externalId();
        String kept = "{\"external_id\":\"" + event.externalId() + "\",\"event_type\":\"" + event.type()
                + "\",\"payload_hash\":\"" + event.payloadHash() + "\",\"links\":" + Links.of(event.externalId()) + "}";
        var acceptance = acceptor.accept(event.pedido());
        HttpExchange.releaseBody(ctx);
        ctx.future(() -> acceptance.thenComposeAsync(outcome -> answer(ctx, id, kept, outcome), answering));
    }

    /** @param kept the body that says which event is kept; ids and hashes have no character that JSON would escape */
    private CompletableFuture<Void> answer(Context ctx, String id, String kept, Acceptance acceptance) {
        switch (acceptance) {
            case Acceptance.Accepted() -> {
                return wait.answerOr(ctx, id, () -> {
                    ctx.header("Location", Links.self(id));
                    HttpExchange.json(ctx, 202, kept);
                });
            }
            case Acceptance.Replayed known -> {
                ctx.header("Idempotent-Replayed", "true");
                return wait.answerOr(ctx, id, () -> HttpExchange.json(ctx, 200, kept));
            }
            case Acceptance.Conflicting() ->
                HttpExchange.problem(
                        ctx,
                        Problem.invalidField(
                                "recebedor_id", "must be the recebedor_id of the earlier events of this operation"));
            case Acceptance.NotKept why -> HttpExchange.problem(ctx, NotKeptProblem.EVENT.of(why));
        }
        return CompletableFuture.completedFuture(null);
    }
}
