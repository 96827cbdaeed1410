package dev.pedidos.api.operate;

import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code /workers}: lists the workers, their shards, and the backlog of each shard. */
public final class WorkerRoutes implements Routes {
    private final FleetWatch watch;
    private final Bulkhead bulkhead;

    public WorkerRoutes(FleetWatch watch, Bulkheads bulkheads) {
        this.watch = watch;
        this.bulkhead = bulkheads.operators();
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/workers", this::list);
    }

    private void list(Context ctx) {
        bulkhead.answer(ctx, watch::fleet, fleet -> HttpExchange.compactJson(ctx, 200, fleet));
    }
}
