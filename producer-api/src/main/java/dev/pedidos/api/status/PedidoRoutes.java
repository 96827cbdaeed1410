package dev.pedidos.api.status;

import dev.pedidos.api.acceptance.Absence;
import dev.pedidos.api.http.AnswerBody;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.shared.ledger.read.PedidoReads;
import dev.pedidos.shared.ledger.read.PedidoReads.IdPage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /pedidos}, {@code /pedidos/{id}} and {@code /pedidos/{id}/events}. */
public final class PedidoRoutes implements Routes {
    private final PedidoReads pedidos;
    private final Absence absence;
    private final Bulkheads bulkheads;
    private final LargeAnswers pages;
    private final PedidoAnswer answer;

    public PedidoRoutes(
            PedidoReads pedidos, Absence absence, PedidoAnswer answer, Bulkheads bulkheads, LargeAnswers pages) {
        this.pedidos = pedidos;
        this.absence = absence;
        this.answer = answer;
        this.bulkheads = bulkheads;
        this.pages = pages;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/pedidos", this::list);
        Routes.get(routes, "/pedidos/{id}", this::one);
        Routes.getWithQuery(routes, "/pedidos/{id}/events", this::events);
    }

    private void one(Context ctx) {
        String id = id(ctx);
        bulkheads.lookups().answer(ctx, () -> answer.of(id), body -> HttpExchange.json(ctx, 200, body));
    }

    private void events(Context ctx) {
        String id = id(ctx);
        EventsQuery query = EventsQuery.ofPedido(id, HttpExchange.query(ctx));
        Problem absent = absence.of(Problem.NO_PEDIDO);
        PageAnswer.send(
                ctx,
                bulkheads.lists(),
                "events",
                query.cursor(),
                () -> pedidos.events(id, query.after(), query.limit()).orElseThrow(() -> new ProblemException(absent)));
    }

    private static String id(Context ctx) {
        return HttpExchange.pathId(ctx, "id", Problem.NO_PEDIDO);
    }

    private void list(Context ctx) {
        ListQuery query = ListQuery.of(HttpExchange.query(ctx));
        bulkheads.lists().answer(ctx, () -> read(query), body -> HttpExchange.json(ctx, 200, body));
    }

    private AnswerBody read(ListQuery query) throws Exception {
        IdPage page = pedidos.page(query.filter(), query.after(), query.limit());
        return pages.read(
                page.bytes(),
                () -> PageBytes.of(
                        pedidos.answers(page.pedidoIds(), query.filter().status()), page.next()));
    }
}
