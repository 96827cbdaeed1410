package dev.pedidos.api.status;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Lane;
import dev.pedidos.api.http.Lanes;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
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
    private final Lanes lanes;

    public PedidoRoutes(PedidoReads pedidos, Lanes lanes) {
        this.pedidos = pedidos;
        this.lanes = lanes;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.list(routes, "/pedidos", this::list);
        Routes.get(routes, "/pedidos/{id}", ctx -> one(ctx, lanes.lookups(), pedidos::answer));
        Routes.get(routes, "/pedidos/{id}/events", ctx -> one(ctx, lanes.lists(), pedidos::events));
    }

    private static void one(Context ctx, Lane lane, Function<String, Optional<String>> read) {
        String id = ctx.pathParam("id");
        if (!Limits.isId(id)) {
            throw unknown();
        }
        lane.answer(
                ctx,
                () -> read.apply(id),
                answer -> Exchange.compactJson(ctx, 200, answer.orElseThrow(PedidoRoutes::unknown)));
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("No pedido has this id."));
    }

    private void list(Context ctx) {
        ListQuery query = ListQuery.of(Exchange.query(ctx));
        lanes.lists()
                .answer(
                        ctx,
                        () -> pedidos.list(query.filter(), query.after(), query.limit()),
                        page -> answer(ctx, page));
    }

    private static void answer(Context ctx, Page page) {
        String next =
                page.next().map(position -> "\"" + Cursor.of(position) + "\"").orElse("null");
        Exchange.compactJson(
                ctx, 200, "{\"pedidos\":[" + String.join(",", page.answers()) + "],\"next_cursor\":" + next + "}");
    }
}
