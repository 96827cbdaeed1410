package dev.pedidos.api.http;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts requests by status, and measures their time from the head to the answer. */
final class RequestMetrics implements RequestLogger {

    private record Kind(String method, String route, int status) {}

    private final MeterRegistry metrics;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handle(Context ctx, Float executionTimeMs) {
        // The route, not the path: otherwise a client could create label values.
        var route = RequestRoute.of(ctx);
        Kind kind = new Kind(route.method(), route.path(), ctx.statusCode());
        timers.computeIfAbsent(kind, this::timer).record(Duration.ofNanos((long) (executionTimeMs * 1_000_000)));
    }

    private Timer timer(Kind kind) {
        return Timer.builder("pedidos.http")
                .description("Requests by method, route and status, with their time in seconds")
                .tag("method", kind.method())
                .tag("route", kind.route())
                .tag("status", Integer.toString(kind.status()))
                .publishPercentileHistogram(false)
                .register(metrics);
    }
}
