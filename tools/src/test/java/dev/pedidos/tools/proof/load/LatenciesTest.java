package dev.pedidos.tools.proof.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesAreRightWithinOnePercent() {
        var latencies = new Latencies();
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.add(Duration.ofMillis(millis).toNanos());
        }

        assertThat(latencies.percentile(50).toNanos()).isCloseTo(500_000_000L, withinPercentage(1));
        assertThat(latencies.percentile(99).toNanos()).isCloseTo(990_000_000L, withinPercentage(1));
        assertThat(latencies.percentile(100).toNanos()).isCloseTo(1_000_000_000L, withinPercentage(1));
    }

    @Test
    void aClockThatSteppedBackCountsAsNoTime() {
        var latencies = new Latencies();
        latencies.add(-5);

        assertThat(latencies.percentile(99)).isLessThan(Duration.ofNanos(2));
    }

    @Test
    void withoutAnyThereIsNoTime() {
        assertThat(new Latencies().percentile(50)).isZero();
    }
}
