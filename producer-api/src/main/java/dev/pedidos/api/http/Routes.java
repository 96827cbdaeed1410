package dev.pedidos.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** A part of the API that answers some addresses. */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);

    /** GET, and HEAD with the same status and headers. */
    static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
