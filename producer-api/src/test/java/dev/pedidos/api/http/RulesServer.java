package dev.pedidos.api.http;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.JsonText;
import dev.pedidos.shared.runtime.MemoryShare;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** A server with one route of each kind, for requests that say more or something else than a plain client would. */
final class RulesServer implements AutoCloseable {
    private final HttpServer server = new HttpServer(
            "127.0.0.1",
            0,
            HostNames.of(Optional.of("here,there:81"), "127.0.0.1"),
            request -> kind(RequestPath.of(request).equals("/dlq") ? 5 : 100),
            new MemoryShare(100_000),
            100,
            Duration.ofSeconds(1),
            new SimpleMeterRegistry());

    RulesServer() {
        server.open(List.of(RulesServer::addTo));
    }

    private static BodyKind kind(int limitBytes) {
        return new BodyKind(limitBytes, new MemoryShare(100_000), new MemoryShare(1_000_000));
    }

    private static void addTo(RoutesConfig routes) {
        Routes.post(routes, "/dlq/{id}/redrive", ctx -> {
            HttpExchange.jsonOrNothing(ctx);
            HttpExchange.json(ctx, 202, JsonText.quoted(ctx.pathParam("id")));
        });
        Routes.post(routes, "/dlq", ctx -> HttpExchange.json(ctx, 202, "" + HttpExchange.jsonBody(ctx).length));
        Routes.deleteWithQuery(routes, "/dlq/{id}", ctx -> HttpExchange.json(ctx, 200, "1"));
        Routes.get(routes, "/dlq/{id}", ctx -> HttpExchange.json(ctx, 200, "1"));
        Routes.get(routes, "/healthz", ctx -> HttpExchange.json(ctx, 200, "1"));
        Routes.get(routes, "/metrics", ctx -> HttpExchange.json(ctx, 200, "1"));
        Routes.getWithQuery(routes, "/list", ctx -> {
            var parameters = new Parameters(HttpExchange.query(ctx));
            var status = parameters.checked("status", text -> text.matches("[A-Za-zç ]+"), "must be letters");
            parameters.limit();
            parameters.throwIfFaulty();
            HttpExchange.json(ctx, 200, JsonText.quoted(status.orElse("all")));
        });
        Routes.get(routes, "/named", ctx -> {
            throw new InvalidFields(List.of(new FieldError("ação 😀", "unknown field")));
        });
        Routes.get(routes, "/failing/{id}", ctx -> {
            throw new IllegalStateException("a defect");
        });
        Routes.get(routes, "/refused/{id}", ctx -> {
            throw new SQLException("Failing row contains (42, Maria)", "23514");
        });
        Routes.get(routes, "/sqlstate/{state}", ctx -> {
            throw new UnableToExecuteStatementException(new SQLException("failed", ctx.pathParam("state")), null);
        });
    }

    /** The answer to these bytes. */
    String answer(String request) throws IOException {
        return RawHttp.answer(server.port(), request);
    }

    byte[] bytes(String request) throws IOException {
        return RawHttp.bytes(server.port(), request);
    }

    /** The answer to a request under an allowed name. */
    String call(String request, String headers) throws IOException {
        return call(request, headers, "");
    }

    String call(String request, String headers, String body) throws IOException {
        return answer(request + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body);
    }

    @Override
    public void close() {
        server.close();
    }
}
