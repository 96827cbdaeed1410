package dev.pedidos.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/**
 * A part of the API that answers some addresses. All routes are added through these methods, so that none ignores
 * unknown parameters.
 */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);

    /** GET of an address without parameters, and HEAD with the same status and headers. */
    static void get(RoutesConfig routes, String path, Handler handler) {
        getWithQuery(routes, path, withoutParameters(handler));
    }

    /** GET of an address whose handler reads {@link HttpExchange#query}, and HEAD. */
    static void getWithQuery(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    static void post(RoutesConfig routes, String path, Handler handler) {
        routes.post(path, withoutParameters(handler));
    }

    static void put(RoutesConfig routes, String path, Handler handler) {
        routes.put(path, withoutParameters(handler));
    }

    /** DELETE of an address whose handler reads {@link HttpExchange#query}. */
    static void deleteWithQuery(RoutesConfig routes, String path, Handler handler) {
        routes.delete(path, handler);
    }

    private static Handler withoutParameters(Handler handler) {
        return ctx -> {
            new Parameters(HttpExchange.query(ctx)).throwIfFaulty();
            handler.handle(ctx);
        };
    }
}
