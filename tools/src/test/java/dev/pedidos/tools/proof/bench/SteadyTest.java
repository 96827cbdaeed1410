package dev.pedidos.tools.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.load.Latencies;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadyTest {
    private static final Instant START = Instant.ofEpochSecond(1);

    @Test
    void theTimeCountsFromWhenAPedidoWasDueToItsEffect() {
        var steady = Steady.of(2, sent(2), Map.of("p-0", 5_000L, "p-1", 5_000L));

        assertThat(steady.effect().percentile(50).toMillis()).isBetween(4L, 5L);
        assertThat(steady.isFlat()).isTrue();
    }

    @Test
    void effectsThatComeLateAreNotFlat() {
        assertThat(Steady.of(2, sent(2), Map.of("p-0", 5_000L, "p-1", 150_000L)).isFlat())
                .isFalse();
    }

    @Test
    void aRateThatWasNotReachedIsNotFlat() {
        assertThat(Steady.of(4, sent(2), Map.of("p-0", 5_000L, "p-1", 5_000L)).isFlat())
                .isFalse();
    }

    /** In one second. */
    private static Sent sent(int pedidos) {
        var due = IntStream.range(0, pedidos).boxed().collect(Collectors.toMap(i -> "p-" + i, i -> 0L));
        return new Sent(due, 0, START, START.plusSeconds(1), new Latencies());
    }
}
