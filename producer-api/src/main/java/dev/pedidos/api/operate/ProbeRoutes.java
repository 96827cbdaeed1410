package dev.pedidos.api.operate;

import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.runtime.Probes;
import dev.pedidos.shared.runtime.Telemetry;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** {@code GET /healthz}, {@code /readyz} and {@code /metrics}. */
public final class ProbeRoutes implements Routes {
    private static final int UNAVAILABLE = 503;
    private static final String LOOK_AGAIN_SECONDS = "1";

    private final Probes probes;
    private final Telemetry telemetry;

    public ProbeRoutes(Probes probes, Telemetry telemetry) {
        this.probes = probes;
        this.telemetry = telemetry;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/healthz", ctx -> answer(ctx, probes::healthz));
        Routes.get(routes, "/readyz", ctx -> answer(ctx, probes::readyz));
        Routes.get(
                routes,
                "/metrics",
                ctx -> ctx.contentType(Telemetry.CONTENT_TYPE).result(telemetry.scrape()));
    }

    private static void answer(Context ctx, Supplier<Probes.Answer> probe) {
        Probes.Answer answer = probe.get();
        if (answer.status() == UNAVAILABLE) {
            ctx.header("Retry-After", LOOK_AGAIN_SECONDS);
        }
        HttpExchange.json(ctx, answer.status(), answer.body());
    }
}
