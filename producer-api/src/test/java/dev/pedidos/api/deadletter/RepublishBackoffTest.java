package dev.pedidos.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepublishBackoffTest {

    private static final long SECOND = 1_000_000_000L;

    private final RepublishBackoff backoff = new RepublishBackoff();

    @Test
    void aConsumerThatTakesEveryLetterGetsThemAgainTenTimesAnHourAtTheMost() {
        List<Long> times = new ArrayList<>();
        for (long second = 0; second < 3600; second++) {
            if (backoff.isOver(second * SECOND)) {
                times.add(second);
                backoff.begin(second * SECOND);
            }
        }

        assertThat(times).startsWith(0L, 8L, 40L, 168L).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void whatIsMissingAfterAllWasThereIsPublishedAtOnce() {
        backoff.begin(0);
        assertThat(backoff.isOver(7 * SECOND)).isFalse();
        backoff.end();

        assertThat(backoff.isOver(7 * SECOND)).isTrue();
    }
}
