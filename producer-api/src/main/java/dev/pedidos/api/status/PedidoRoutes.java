package dev.pedidos.api.status;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Reads;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.PedidoReads;
import dev.pedidos.shared.ledger.PedidoReads.Page;
import dev.pedidos.shared.message.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /pedidos}, {@code /pedidos/{id}} and {@code /pedidos/{id}/events}. */
public final class PedidoRoutes implements Routes {
    private final PedidoReads pedidos;
    private final Reads reads;

    public PedidoRoutes(PedidoReads pedidos, Reads reads) {
        this.pedidos = pedidos;
        this.reads = reads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/pedidos", this::list);
        Routes.get(routes, "/pedidos/{id}", ctx -> one(ctx, pedidos::answer));
        Routes.get(routes, "/pedidos/{id}/events", ctx -> one(ctx, pedidos::events));
    }

    private void one(Context ctx, Function<String, Optional<String>> read) throws Exception {
        String id = ctx.pathParam("id");
        Optional<String> answer = Limits.isId(id) ? reads.run(() -> read.apply(id)) : Optional.empty();
        Exchange.compactJson(
                ctx, 200, answer.orElseThrow(() -> new ProblemException(Problem.notFound("No pedido has this id."))));
    }

    private void list(Context ctx) throws Exception {
        ListQuery query = ListQuery.of(ctx.queryParamMap());
        Page page = reads.run(() -> pedidos.list(query.filter(), query.after(), query.limit()));
        String next =
                page.next().map(position -> "\"" + Cursor.of(position) + "\"").orElse("null");
        Exchange.compactJson(
                ctx, 200, "{\"pedidos\":[" + String.join(",", page.answers()) + "],\"next_cursor\":" + next + "}");
    }
}
