package dev.pedidos.api.estoque;

import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.estoque.EstoqueLedger;
import dev.pedidos.shared.ledger.estoque.EstoqueLedger.StockLevel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code PUT} and {@code GET /estoque/{sku}}, {@code PUT /estoque} with a list. */
public final class EstoqueRoutes implements Routes {
    public static final String PATH = "/estoque";
    private static final String UNKNOWN = "No stock was ever set for this sku.";

    private final EstoqueLedger estoque;
    private final Bulkheads bulkheads;

    public EstoqueRoutes(EstoqueLedger estoque, Bulkheads bulkheads) {
        this.estoque = estoque;
        this.bulkheads = bulkheads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, PATH + "/{sku}", this::get);
        Routes.put(routes, PATH + "/{sku}", this::put);
        Routes.put(routes, PATH, this::putList);
    }

    private void get(Context ctx) {
        String sku = HttpExchange.pathId(ctx, "sku", UNKNOWN);
        bulkheads
                .lookups()
                .answer(
                        ctx,
                        () -> estoque.answer(sku),
                        answer -> HttpExchange.compactJson(
                                ctx, 200, answer.orElseThrow(() -> new ProblemException(Problem.notFound(UNKNOWN)))));
    }

    private void put(Context ctx) {
        StockLevel level = EstoqueReader.readOne(ctx.pathParam("sku"), HttpExchange.jsonBody(ctx));
        bulkheads
                .stock()
                .answer(
                        ctx,
                        () -> estoque.set(List.of(level)),
                        answers -> HttpExchange.compactJson(ctx, 200, answers.getFirst()));
    }

    private void putList(Context ctx) {
        List<StockLevel> levels = EstoqueReader.readList(HttpExchange.jsonBody(ctx));
        bulkheads
                .stockLists()
                .answer(
                        ctx,
                        () -> estoque.set(levels).size(),
                        gravados -> HttpExchange.compactJson(ctx, 200, "{\"gravados\":" + gravados + "}"));
    }
}
