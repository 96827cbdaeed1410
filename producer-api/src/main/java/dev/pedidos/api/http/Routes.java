package dev.pedidos.api.http;

import io.javalin.config.RoutesConfig;

/** A part of the API that answers some addresses. */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);
}
