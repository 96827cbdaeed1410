package dev.pedidos.worker.process;

import dev.pedidos.shared.ledger.Database;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker around the database. While it is open no pedido asks the database: the shards are paused, one probe
 * asks, and when it is answered work is resumed.
 */
public final class DatabaseBreaker implements AutoCloseable {

    /** What stops and starts with the database. */
    public interface Work {
        void pause();

        void resume();
    }

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseBreaker.class);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "database",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(6)
                    .minimumNumberOfCalls(3)
                    .failureRateThreshold(50)
                    // Closed by the probe alone.
                    .waitDurationInOpenState(Duration.ofDays(1))
                    .recordException(failure -> FailureKind.of(failure) == FailureKind.OUTAGE)
                    .build());
    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("database-breaker").daemon().factory());
    private final Database database;

    public DatabaseBreaker(Database database, MeterRegistry metrics) {
        this.database = database;
        Gauge.builder("pedidos.paused", () -> breaker.getState() == CircuitBreaker.State.OPEN ? 1 : 0)
                .description("1 while the shards are paused because the database is away")
                .register(metrics);
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** @param work is paused and resumed on a thread of its own */
    public void watch(Work work) {
        breaker.getEventPublisher().onStateTransition(change -> {
            if (change.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                probe.execute(() -> {
                    LOG.warn(
                            "the database is away: the shards are paused, no attempt is used; asking again every {} ms",
                            PROBE_INTERVAL.toMillis());
                    work.pause();
                    resumeWhenAnswered(work);
                });
            }
        });
    }

    private void resumeWhenAnswered(Work work) {
        if (database.answers()) {
            LOG.info("the database answers: the shards are resumed");
            breaker.transitionToClosedState();
            work.resume();
        } else {
            var unused =
                    probe.schedule(() -> resumeWhenAnswered(work), PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        probe.shutdownNow();
    }
}
