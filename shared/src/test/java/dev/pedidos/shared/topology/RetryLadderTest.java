package dev.pedidos.shared.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryLadderTest {

    private static final RetryLadder LADDER = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600));

    @Test
    void doublesUpToTheLongestDelay() {
        assertThat(LADDER.delays())
                .containsExactlyElementsOf(Stream.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600)
                        .map(Duration::ofSeconds)
                        .toList());
    }

    @Test
    void waitsLongerAfterEachFailureAndNeverLongerThanTheLongest() {
        assertThat(LADDER.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(LADDER.delayAfter(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(LADDER.delayAfter(50)).isEqualTo(Duration.ofSeconds(600));
    }

    @Test
    void takesTheNextLongerDelayForAWish() {
        assertThat(LADDER.atLeast(Duration.ofMillis(1500))).isEqualTo(Duration.ofSeconds(2));
        assertThat(LADDER.atLeast(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(600));
    }

    @Test
    void aSingleDelayIsALadder() {
        assertThat(RetryLadder.doubling(Duration.ofMillis(5), Duration.ofMillis(5))
                        .delays())
                .containsExactly(Duration.ofMillis(5));
    }
}
