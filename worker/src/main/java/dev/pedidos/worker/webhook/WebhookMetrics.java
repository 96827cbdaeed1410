package dev.pedidos.worker.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is measured of webhooks. */
public final class WebhookMetrics {
    private final Map<String, Timer> attempts;
    private final Map<String, Counter> ended;
    private final AtomicInteger inFlight = new AtomicInteger();

    public WebhookMetrics(MeterRegistry registry) {
        attempts = each(
                Stream.of("delivered", "gone", "refused", "unanswered"),
                result -> Timer.builder("pedidos_webhook_seconds").tag("result", result).register(registry));
        ended = each(
                Stream.of("DELIVERED", "GONE", "FAILED"),
                status -> Counter.builder("pedidos_webhooks_ended_total").tag("status", status).register(registry));
        Gauge.builder("pedidos_webhooks_in_flight", inFlight::get).register(registry);
    }

    private static <T> Map<String, T> each(Stream<String> names, Function<String, T> meter) {
        return names.collect(Collectors.toUnmodifiableMap(name -> name, meter));
    }

    void attempt(CallResult result, Duration duration) {
        attempts.get(result.label()).record(duration);
    }

    void ended(String status, int how) {
        ended.get(status).increment(how);
    }

    void inFlight(int now) {
        inFlight.set(now);
    }
}
