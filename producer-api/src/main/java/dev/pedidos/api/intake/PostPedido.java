package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.Acceptance;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.NotKeptProblem;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.prefer.PreferWait;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code POST /pedidos}. No thread waits while the pedido is inserted and published. */
public final class PostPedido implements Routes {
    private final PedidoRequestReader requests;
    private final KnownTipos tipos;
    private final Acceptor acceptor;
    private final PreferWait wait;
    private final Executor answering;

    /** @param answering writes answers: the threads that insert and confirm must never wait for a client */
    public PostPedido(
            PedidoRequestReader requests, KnownTipos tipos, Acceptor acceptor, PreferWait wait, Executor answering) {
        this.requests = requests;
        this.tipos = tipos;
        this.acceptor = acceptor;
        this.wait = wait;
        this.answering = answering;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, "/pedidos", this::post);
    }

    private void post(Context ctx) {
        byte[] body = HttpExchange.jsonBody(ctx);
        List<String> keys = HttpExchange.headers(ctx, IdempotencyKey.HEADER);
        PedidoRequest request;
        try {
            request = requests.read(body, keys, tipos::isKnown);
        } catch (KnownTipos.NotRead e) {
            ctx.future(() -> readWithTiposOfLedger(ctx, body, keys));
            return;
        }
        var acceptance = accept(ctx, request);
        ctx.future(() -> acceptance);
    }

    /** Its tipo is not known here: it may have been registered a moment ago. */
    private CompletableFuture<Void> readWithTiposOfLedger(Context ctx, byte[] body, List<String> keys) {
        return tipos.readAgain().thenComposeAsync(known -> accept(ctx, requests.read(body, keys, known)), answering);
    }

    private CompletableFuture<Void> accept(Context ctx, PedidoRequest request) {
        String id = request.pedido().pedidoId();
        Problem onConflict = request.idFromKey() ? Problem.idempotencyKeyReused() : Problem.pedidoConflict();
        CompletableFuture<Acceptance> acceptance = acceptor.accept(request.pedido());
        HttpExchange.releaseBody(ctx);
        // The lambda must not capture request: the body would stay in memory until the broker confirms.
        return acceptance.thenComposeAsync(outcome -> answer(ctx, id, onConflict, outcome), answering);
    }

    private CompletableFuture<Void> answer(Context ctx, String id, Problem onConflict, Acceptance acceptance) {
        switch (acceptance) {
            case Acceptance.Accepted() -> {
                return wait.answerOr(ctx, id, () -> accepted(ctx, id));
            }
            case Acceptance.Replayed(var answer) -> {
                CompletableFuture<Void> answered = answer.map(
                                json -> wait.answerWithGetOr(ctx, id, () -> HttpExchange.compactJson(ctx, 200, json)))
                        .orElseGet(() -> wait.answerWithGet(ctx, id));
                return answered.thenRun(() -> ctx.header("Idempotent-Replayed", "true"));
            }
            case Acceptance.Conflicting() -> HttpExchange.problem(ctx, onConflict);
            case Acceptance.NotKept why -> HttpExchange.problem(ctx, NotKeptProblem.PEDIDO.of(why));
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Ids have no character that JSON or an address would escape. */
    private static void accepted(Context ctx, String id) {
        String self = "/pedidos/" + id;
        ctx.header("Location", self);
        HttpExchange.json(
                ctx,
                202,
                "{\"pedido_id\":\"" + id + "\",\"status\":\"PENDING\",\"links\":{\"self\":\"" + self
                        + "\",\"events\":\"" + self + "/events\"}}");
    }
}
