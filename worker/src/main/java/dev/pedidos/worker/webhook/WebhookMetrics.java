package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The metrics of webhooks. */
public final class WebhookMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();

    public WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        Stream.of("delivered", "gone", "refused", "unanswered").forEach(this::attempts);
        EnumSet.complementOf(EnumSet.of(WebhookStatus.PENDING)).forEach(this::ended);
        Gauge.builder("pedidos_webhooks_in_flight", inFlight::get).register(registry);
    }

    private Timer attempts(String result) {
        return Timer.builder("pedidos_webhook_seconds").tag("result", result).register(registry);
    }

    private Counter ended(WebhookStatus status) {
        return Counter.builder("pedidos_webhooks_ended_total")
                .tag("status", status.name())
                .register(registry);
    }

    void attempt(CallResult result, Duration duration) {
        attempts(result.label()).record(duration);
    }

    void ended(WebhookStatus status, int howMany) {
        ended(status).increment(howMany);
    }

    void inFlight(int now) {
        inFlight.set(now);
    }
}
