package dev.pedidos.api.estoque;

import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Lanes;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.read.EstoqueLedger;
import dev.pedidos.shared.ledger.read.EstoqueLedger.Setting;
import dev.pedidos.shared.message.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code PUT} and {@code GET /estoque/{sku}}, {@code PUT /estoque} with a list. */
public final class EstoqueRoutes implements Routes {
    public static final String PATH = "/estoque";

    private final EstoqueLedger estoque;
    private final Lanes lanes;

    public EstoqueRoutes(EstoqueLedger estoque, Lanes lanes) {
        this.estoque = estoque;
        this.lanes = lanes;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, PATH + "/{sku}", this::get);
        Routes.put(routes, PATH + "/{sku}", this::put);
        Routes.put(routes, PATH, this::putList);
    }

    private void get(Context ctx) {
        String sku = ctx.pathParam("sku");
        if (!Limits.isId(sku)) {
            throw unknown();
        }
        lanes.lookups()
                .answer(
                        ctx,
                        () -> estoque.answer(sku),
                        answer -> HttpExchange.compactJson(ctx, 200, answer.orElseThrow(EstoqueRoutes::unknown)));
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("No stock was ever set for this sku."));
    }

    private void put(Context ctx) {
        var line = EstoqueReader.readOne(ctx.pathParam("sku"), HttpExchange.jsonBody(ctx));
        lanes.stock()
                .answer(
                        ctx,
                        () -> {
                            estoque.set(List.of(new Setting(line.sku(), line.disponivel())));
                            return estoque.answer(line.sku()).orElseThrow();
                        },
                        answer -> HttpExchange.compactJson(ctx, 200, answer));
    }

    private void putList(Context ctx) {
        List<Setting> settings = EstoqueReader.readList(HttpExchange.jsonBody(ctx)).stream()
                .map(line -> new Setting(line.sku(), line.disponivel()))
                .toList();
        lanes.stockLists()
                .answer(
                        ctx,
                        () -> {
                            estoque.set(settings);
                            return settings.size();
                        },
                        gravados -> HttpExchange.compactJson(ctx, 200, "{\"gravados\":" + gravados + "}"));
    }
}
