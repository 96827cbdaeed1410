package dev.pedidos.tools.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/**
 * The address of an API, perhaps behind a gateway: a path in it precedes all others, and the headers go with every
 * call. Headers may be secret, so {@link #toString} shows only the address.
 */
public final class ApiEndpoint {
    private final String base;
    private final List<Header> headers;

    public ApiEndpoint(URI url, List<Header> headers) {
        this.base = url.toString().replaceFirst("/+$", "");
        this.headers = List.copyOf(headers);
    }

    public static ApiEndpoint of(URI url) {
        return new ApiEndpoint(url, List.of());
    }

    /** @param path begins with its first slash */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** A call with JSON; the headers given by the user win over ours. */
    public HttpRequest.Builder call(String path) {
        var call = HttpRequest.newBuilder(at(path)).header("Content-Type", "application/json");
        headers.forEach(header -> call.setHeader(header.name(), header.value()));
        return call;
    }

    @Override
    public String toString() {
        return base;
    }
}
