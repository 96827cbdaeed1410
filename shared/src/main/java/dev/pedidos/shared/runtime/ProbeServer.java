package dev.pedidos.shared.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Health and metrics of a program that has no HTTP of its own; on loopback. */
public final class ProbeServer implements AutoCloseable {

    private static final String JSON = "application/json";

    private final HttpServer server;

    public ProbeServer(int port, Probes probes, Telemetry telemetry) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/healthz", exchange -> answer(exchange, "/healthz", JSON, probes.healthz()));
        server.createContext("/readyz", exchange -> answer(exchange, "/readyz", JSON, probes.readyz()));
        server.createContext(
                "/metrics",
                exchange -> answer(
                        exchange, "/metrics", Telemetry.CONTENT_TYPE, new Probes.Answer(200, telemetry.scrape())));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String path, String contentType, Probes.Answer answer)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
