package dev.pedidos.worker.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {

    @Test
    void theTimeOfABreakerIsNoClockThatCanBeSet() {
        var clock = CircuitBreakers.config().build().getClock();

        long before = System.nanoTime();
        Instant now = clock.instant();
        long after = System.nanoTime();

        assertThat(Duration.between(Instant.EPOCH, now)).isBetween(Duration.ofNanos(before), Duration.ofNanos(after));
    }
}
