package dev.pedidos.api.operate;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.http.Reads;
import dev.pedidos.api.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** {@code /workers}: who works, on which shards, and how far behind. */
public final class WorkerRoutes implements Routes {
    private final FleetWatch watch;
    private final Reads reads;

    public WorkerRoutes(FleetWatch watch, Reads reads) {
        this.watch = watch;
        this.reads = reads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.get(routes, "/workers", this::list);
    }

    private void list(Context ctx) throws Exception {
        new Parameters(ctx.queryParamMap(), Set.of()).throwIfFaulty();
        Exchange.compactJson(ctx, 200, reads.run(watch::fleet));
    }
}
