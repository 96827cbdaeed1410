package dev.pedidos.api.estoque;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Reads;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.EstoqueLedger;
import dev.pedidos.shared.ledger.EstoqueLedger.Setting;
import dev.pedidos.shared.message.EstoqueReader;
import dev.pedidos.shared.message.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** {@code PUT} and {@code GET /estoque/{sku}}, {@code PUT /estoque} with a list. */
public final class EstoqueRoutes implements Routes {
    private final EstoqueLedger estoque;
    private final Reads reads;

    public EstoqueRoutes(EstoqueLedger estoque, Reads reads) {
        this.estoque = estoque;
        this.reads = reads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/estoque/{sku}", this::get);
        routes.put("/estoque/{sku}", this::put);
        routes.put("/estoque", this::putList);
    }

    private void get(Context ctx) throws Exception {
        String sku = ctx.pathParam("sku");
        Optional<String> answer = Limits.isId(sku) ? reads.run(() -> estoque.answer(sku)) : Optional.empty();
        Exchange.compactJson(
                ctx,
                200,
                answer.orElseThrow(
                        () -> new ProblemException(Problem.notFound("No stock was ever set for this sku."))));
    }

    private void put(Context ctx) throws Exception {
        String sku = ctx.pathParam("sku");
        if (!Limits.isId(sku)) {
            throw new ProblemException(Problem.invalidField("sku", "must be 1 to 64 of A-Z a-z 0-9 . _ : -"));
        }
        long disponivel = EstoqueReader.readOne(Exchange.jsonBody(ctx));
        Exchange.compactJson(ctx, 200, reads.run(() -> {
            estoque.set(List.of(new Setting(sku, disponivel)));
            return estoque.answer(sku).orElseThrow();
        }));
    }

    private void putList(Context ctx) throws Exception {
        List<Setting> settings = EstoqueReader.readList(Exchange.jsonBody(ctx)).stream()
                .map(line -> new Setting(line.sku(), line.disponivel()))
                .toList();
        reads.run(() -> {
            estoque.set(settings);
            return settings.size();
        });
        Exchange.compactJson(ctx, 200, "{\"gravados\":" + settings.size() + "}");
    }
}
