package dev.pedidos.worker.outage;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker around the database. While it is open, no pedido uses the database. If the database is down the shards
 * are paused and one probe asks until the database answers; then work is resumed. If the database answers the probe at once,
 * nothing is paused: a pause costs every message that the broker sent ahead a delivery.
 */
public final class DatabaseBreaker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseBreaker.class);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
    /** Failed looks in a row before the shards are paused, though no statement has failed. */
    private static final int LOOKS_BEFORE_PAUSE = 4;

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "database",
            CircuitBreakers.config()
                    .slidingWindowSize(6)
                    .minimumNumberOfCalls(3)
                    .failureRateThreshold(50)
                    // Closed by the probe alone.
                    .waitDurationInOpenState(Duration.ofDays(1))
                    .recordException(DatabaseBreaker::pauses)
                    .build());
    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("database-breaker").daemon().factory());
    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final DatabaseState database;
    private volatile boolean paused;
    /** Of a statement, since the breaker was closed; null if looks at the database opened it. */
    private volatile @Nullable Throwable lastFailure;

    private boolean wasUp;
    private int downInARow;

    public DatabaseBreaker(DatabaseState database, MeterRegistry metrics) {
        this.database = database;
        Gauge.builder("pedidos.paused", () -> breaker.getState() == CircuitBreaker.State.OPEN ? 1 : 0)
                .description("1 while the shards are paused because the database cannot be used")
                .register(metrics);
    }

    private static boolean pauses(Throwable failure) {
        return LedgerFault.kindOf(failure).filter(DatabaseBreaker::pauses).isPresent();
    }

    private static boolean pauses(LedgerFault.Kind kind) {
        return switch (kind) {
            case OUTAGE, LOGIN, CONFIGURATION -> true;
            case CONTENTION, CANCELLED, CONTENT, OTHER -> false;
        };
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** The shards are closed: messages wait in their queues. */
    boolean isPaused() {
        return paused;
    }

    /** The shards are open, and the last look at the database found that it can be used. */
    boolean isUsable() {
        return !paused && database.isUp();
    }

    /** Both run on the breaker's own thread. */
    public void watch(Runnable pause, Runnable resume) {
        breaker.getEventPublisher().onError(failed -> lastFailure = failed.getThrowable());
        breaker.getEventPublisher().onStateTransition(change -> {
            if (change.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                probe.execute(() -> runOrRetry(() -> pauseUnlessItAnswers(pause, resume)));
            }
        });
        var unused = probe.scheduleWithFixedDelay(
                () -> tryRun(this::openIfUnusable, "the step is tried again"),
                0,
                PROBE_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A commit that hangs fails no statement, so the breaker would not open by itself. */
    private void openIfUnusable() {
        boolean up = database.isUp();
        wasUp |= up;
        downInARow = up ? 0 : downInARow + 1;
        if (wasUp && downInARow >= LOOKS_BEFORE_PAUSE && breaker.getState() == CircuitBreaker.State.CLOSED) {
            lastFailure = null;
            breaker.transitionToOpenState();
        }
    }

    private void pauseUnlessItAnswers(Runnable pause, Runnable resume) {
        if (database.isUp() && database.probeNow()) {
            warnOfAFailingPart();
            retryLater(this::closeAgain);
            return;
        }
        paused = true;
        LOG.warn(
                "the database is down: the shards are paused, no attempt is used; the database is asked again every {} ms",
                PROBE_INTERVAL.toMillis());
        tryRun(pause, "a shard that is not paused gives its deliveries back to its queue");
        runOrRetry(() -> resumeWhenAnswered(resume));
    }

    private void warnOfAFailingPart() {
        String consequence =
                "the database answers, but part of the work fails: that part is tried again in place, no attempt is used";
        var failure = lastFailure;
        if (failure == null) {
            faults.warn(consequence, "no statement failed, but looks at the database did");
        } else {
            faults.warn(consequence, failure);
        }
    }

    private void closeAgain() {
        lastFailure = null;
        breaker.transitionToClosedState();
    }

    private void resumeWhenAnswered(Runnable resume) {
        if (database.probeNow()) {
            LOG.info("the database answers: the shards are resumed");
            paused = false;
            downInARow = 0;
            closeAgain();
            resume.run();
        } else {
            retryLater(() -> resumeWhenAnswered(resume));
        }
    }

    private void retryLater(Runnable step) {
        if (probe.isShutdown()) {
            return;
        }
        var unused = probe.schedule(() -> runOrRetry(step), PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** With a step that is lost the shards would stay paused for ever. */
    private void runOrRetry(Runnable step) {
        if (!tryRun(step, "the step is tried again")) {
            retryLater(step);
        }
    }

    /** @param next what happens if it fails */
    private static boolean tryRun(Runnable step, String next) {
        try {
            step.run();
            return true;
        } catch (Throwable failure) {
            LOG.error("a step of the database's circuit breaker failed: {}", next, failure);
            return false;
        }
    }

    @Override
    public void close() {
        probe.shutdownNow();
    }
}
