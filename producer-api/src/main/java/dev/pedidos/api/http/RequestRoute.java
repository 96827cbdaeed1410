package dev.pedidos.api.http;

import io.javalin.http.Context;

/**
 * The route that a request took.
 *
 * @param path with the names of its parameters
 */
record RequestRoute(String method, String path) {

    static RequestRoute of(Context ctx) {
        var endpoint = ctx.endpoints().lastHttpEndpoint();
        return endpoint == null
                ? new RequestRoute("other", "none")
                : new RequestRoute(endpoint.method.name(), endpoint.path);
    }
}
